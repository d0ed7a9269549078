import fc from "fast-check";
import { expect, test } from "vitest";

import { beganAt, runIdFor } from "../../src/core/run-id.ts";

const second = Date.UTC(2026, 10, 23, 13, 53, 1);

test("a run's id tells when it began", () => {
  expect(runIdFor(second + 378, "k3f9")).toBe("261123-135301-aik3f9");
  expect(beganAt(runIdFor(second + 378, "k3f9"))).toBe(second / 1_000);
});

test("of two runs that began in one second the later has the larger id, whatever chance gave them", () => {
  const chance = fc.stringMatching(/^[0-9a-z]{4}$/);
  const moment = fc.integer({ min: 0, max: 999 });
  fc.assert(
    fc.property(moment, moment, chance, chance, (one, other, ...given) => {
      fc.pre(one < other);
      expect(runIdFor(second + one, given[0]) < runIdFor(second + other, given[1])).toBe(true);
    }),
  );
});
