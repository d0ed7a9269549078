import fc from "fast-check";
import { expect, test } from "vitest";

import { inGroups, inLanes } from "../../src/agent/schedule-calls.ts";

const call = fc.record({
  id: fc.integer(),
  effect: fc.constantFrom("reads" as const, "writes" as const, "executes" as const),
  file: fc.constantFrom(undefined, "a", "b", "c"),
});
const calls = fc.array(call, { maxLength: 20 }).map((all) =>
  all.map(({ id, effect, file }) => ({
    id,
    effect,
    file,
    lane: file === undefined ? undefined : () => Promise.resolve(file),
  })),
);

test("every call is in just one group, in order, and only calls that cannot disturb each other share one", () => {
  fc.assert(
    fc.property(calls, (all) => {
      const groups = inGroups(all);
      expect(groups.flat()).toEqual(all);
      for (const group of groups) {
        const looks = group.every(({ effect }) => effect === "reads");
        const changes = group.every(({ effect, lane }) => effect === "writes" && lane);
        expect(group.length === 1 || looks || changes).toBe(true);
      }
    }),
  );
});

test("calls that change the same file are one lane in their order; different files are different lanes", async () => {
  await fc.assert(
    fc.asyncProperty(calls, async (all) => {
      const writes = all.map((one) => ({ ...one, effect: "writes" as const }));
      const lanes = await inLanes(writes);
      expect(new Set(lanes.flat())).toEqual(new Set(writes));
      const named = lanes.filter(([first]) => first?.file !== undefined);
      expect(new Set(named.map(([first]) => first?.file)).size).toBe(named.length);
      for (const lane of named) {
        expect(lane).toEqual(writes.filter(({ file }) => file === lane[0]?.file));
      }
    }),
  );
});
