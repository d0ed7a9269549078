import { expect, test } from "vitest";

import { nextToVerify } from "../../../src/core/reduce/find-culprit.ts";

/** Searches among `units` of which the one numbered `culprit` makes all from it on red; 0 is the base. */
function search(
  units: number,
  culprit: number,
): { readonly found: number; readonly tries: number } {
  let state = { green: -1, red: units };
  for (let tries = 0; ; tries += 1) {
    const next = nextToVerify(state);
    if (next === undefined) return { found: state.red, tries };
    state = next < culprit ? { ...state, green: next } : { ...state, red: next };
  }
}

test("wherever the culprit is, it is found in as many tries as halving takes", () => {
  for (let units = 1; units <= 200; units += 1) {
    const most = Math.ceil(Math.log2(units + 1));
    for (let culprit = 0; culprit <= units; culprit += 1) {
      const { found, tries } = search(units, culprit);
      expect(found).toBe(culprit);
      expect(tries).toBeLessThanOrEqual(most);
    }
  }
});
