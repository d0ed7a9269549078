import fc from "fast-check";
import { expect, test } from "vitest";

import { mergeTip } from "../../src/app/tips.ts";
import type { ConflictKind } from "../../src/model/conflict.ts";
import { tempRepo } from "../adapters/git/temp-repo.ts";
import { fleetFiles, makeFleet, meetings, mergeContext, must } from "../support/merge-fleet.ts";

const [units, pairs] = [64, 13] as const;

test("of 64 units, of which every fifth meets another, all are merged and no hunk is lost", async () => {
  using repo = tempRepo();
  const base = repo.commit(fleetFiles());
  await using workspace = await repo.open();
  const linesBefore = Object.values(fleetFiles()).flatMap((text) => text.split("\n"));
  const fleets = fc.record({
    pairs: fc.array(fc.constantFrom(...meetings), { minLength: pairs, maxLength: pairs }),
    alone: fc.constant(units - 2 * pairs),
    places: fc.shuffledSubarray(
      Array.from({ length: 128 }, (_, at) => at),
      { minLength: 128 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(fleets, fc.infiniteStream(fc.nat(1_000)), async (plan, chance) => {
      const fleet = await makeFleet(workspace, base, plan);
      const context = mergeContext(workspace, base);
      for (const { commit } of fleet) context.history.add(commit, [base]);
      const inAnyOrder = fleet
        .map((unit) => ({ unit, rank: chance.next().value ?? 0 }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ unit }) => unit);
      let tip = base;
      const kinds: ConflictKind[] = [];
      for (const { commit } of inAnyOrder) {
        const merged = must(
          await mergeTip(context, { ours: tip, theirs: commit, message: "Unit" }),
        );
        if (merged.kind !== "merged") throw new Error(`open: ${JSON.stringify(merged.conflicts)}`);
        expect(merged.conflicts.every(({ by }) => by === "code")).toBe(true);
        kinds.push(...merged.conflicts.map(({ kind }) => kind));
        tip = merged.commit;
      }
      expect(kinds.length).toBeGreaterThanOrEqual(pairs);
      const texts = await Promise.all(
        Object.keys(fleetFiles()).map(async (path) =>
          must(await workspace.textOf(`${tip}:${path}`)),
        ),
      );
      const after = texts.flatMap((text) => text?.split("\n") ?? []);
      const added = new Set(fleet.flatMap((unit) => unit.added));
      const removed = new Set(fleet.flatMap((unit) => unit.removed));
      const wanted = [...linesBefore.filter((line) => !removed.has(line)), ...added];
      expect(after.toSorted()).toEqual(wanted.toSorted());
    }),
    { numRuns: 3 },
  );
});
