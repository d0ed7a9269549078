import fc from "fast-check";
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

/**
 * What a merge with `on-red` verifies, as `app/integrate.ts` goes about it: the whole, and then, as long as that is red, by halves
 * to a culprit, which is left out. One whose repair did not help stays until it is found once more.
 */
function integrated(
  units: number,
  culprits: ReadonlySet<number>,
  unrepaired: ReadonlySet<number> = new Set(),
): { readonly kept: readonly number[]; readonly verifications: number } {
  let kept = Array.from({ length: units }, (_, at) => at);
  const again = new Set(unrepaired);
  const isRed = (count: number): boolean => kept.slice(0, count).some((one) => culprits.has(one));
  let verifications = 0;
  for (let green = -1; kept.length > Math.max(green, 0);) {
    verifications += 1;
    if (!isRed(kept.length)) break;
    let state = { green, red: kept.length };
    for (let next = nextToVerify(state); next !== undefined; next = nextToVerify(state)) {
      verifications += 1;
      state = isRed(next) ? { ...state, red: next } : { ...state, green: next };
    }
    green = state.red - 1;
    const culprit = kept[green] ?? -1;
    if (!again.delete(culprit)) kept = kept.filter((one) => one !== culprit);
  }
  return { kept, verifications };
}

test("k culprits among n units take at most k * (log2 n + 2) + 1 verifications, and no other unit is left out", () => {
  const cases = fc
    .integer({ min: 1, max: 400 })
    .chain((n) => fc.tuple(fc.constant(n), fc.uniqueArray(fc.nat(n - 1)), fc.func(fc.boolean())));
  fc.assert(
    fc.property(cases, ([n, at, isUnrepaired]) => {
      const most = (k: number): number => k * (Math.log2(n) + 2) + 1;
      const culprits = new Set(at);
      const { kept, verifications } = integrated(n, culprits);
      expect(kept).toEqual(
        Array.from({ length: n }, (_, one) => one).filter((one) => !culprits.has(one)),
      );
      expect(verifications).toBeLessThanOrEqual(most(at.length));
      // A repair that does not help is one culprit more.
      const unrepaired = new Set(at.filter((one) => isUnrepaired(one)));
      const repairing = integrated(n, culprits, unrepaired);
      expect(repairing.kept).toEqual(kept);
      expect(repairing.verifications).toBeLessThanOrEqual(most(at.length + unrepaired.size));
    }),
  );
});
