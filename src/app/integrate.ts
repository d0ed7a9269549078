import { nextToVerify } from "../core/reduce/find-culprit.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, type Spend } from "../model/spend.ts";
import { drop, type MergedUnit, mergeUnits } from "./merge-units.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { repairUnit } from "./repair-unit.ts";
import type { RunContext } from "./run-context.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";
import { createVerifyMerged, type VerifyMerged } from "./verify-merged.ts";

/** What came of merging and verifying. */
export interface Integrated {
  readonly tip: CommitId;
  readonly merged: readonly MergedUnit[];
  readonly dropped: readonly UnitId[];
  readonly spent: Spend;
  /** Why the whole is red; with `on-red: fail`, or when the base is red without any of the units. */
  readonly red?: Failure;
  readonly isBaseRed?: boolean;
}

/**
 * Merges the units as a batch and verifies that. When it is red, the unit that makes it so is found by halves, and either
 * repaired on top of what was merged before it, or left out; then what came after it is merged again.
 */
export async function integrate(
  run: RunContext,
  options: ReduceAttempt,
  units: readonly UnitToMerge[],
): Promise<Result<Integrated>> {
  const { base, action } = options;
  const verifyTip = createVerifyMerged(run, options);
  const first = await mergeUnits(run, options, { onto: base, units });
  if (!first.ok) return first;
  let { merged, dropped, spent } = first.value;
  const tried = new Set<UnitId>();
  for (let green = -1; ;) {
    const tip = merged.at(-1)?.tip ?? base;
    if (merged.length <= green || tip === base) return ok({ tip, merged, dropped, spent });
    const red = await verifyTip(tip, merged.length);
    if (red === undefined) return ok({ tip, merged, dropped, spent });
    if (action.onRed === "fail" || !isVerdict(red)) return ok({ tip, merged, dropped, spent, red });
    const found = await findCulprit(verifyTip, { base, merged, green, red });
    if (!found.ok) return ok({ tip, merged, dropped, spent, red: found.error });
    const { at, because } = found.value;
    const culprit = merged[at - 1];
    if (culprit === undefined)
      return ok({ tip, merged, dropped, spent, red: because, isBaseRed: true });
    green = at - 1;
    const before = merged.slice(0, green);
    let rest: readonly UnitToMerge[] = merged.slice(at);
    const repaired = tried.has(culprit.id)
      ? undefined
      : await repair(run, options, { culprit, before, because });
    tried.add(culprit.id);
    if (repaired !== undefined) spent = addSpend(spent, repaired.spent);
    const kept = repaired?.unit === undefined ? before : [...before, repaired.unit];
    if (repaired?.unit === undefined) {
      const out = await leaveOut(run, options, { culprit, because, rest });
      dropped = [...dropped, culprit.id, ...out];
      rest = rest.filter(({ id }) => !out.includes(id));
    }
    const again = await mergeUnits(run, options, { onto: kept.at(-1)?.tip ?? base, units: rest });
    if (!again.ok) return again;
    merged = [...kept, ...again.value.merged];
    dropped = [...dropped, ...again.value.dropped];
    spent = addSpend(spent, again.value.spent);
  }
}

/** A check that said no, rather than one that could not be made. */
function isVerdict({ kind }: Failure): boolean {
  return kind === "command" || kind === "timeout" || kind === "out-of-memory";
}

async function findCulprit(
  verifyTip: VerifyMerged,
  at: {
    readonly base: CommitId;
    readonly merged: readonly MergedUnit[];
    readonly green: number;
    readonly red: Failure;
  },
): Promise<Result<{ readonly at: number; readonly because: Failure }>> {
  let search = { green: at.green, red: at.merged.length };
  let because = at.red;
  for (;;) {
    const next = nextToVerify(search);
    if (next === undefined) return ok({ at: search.red, because });
    const red = await verifyTip(at.merged[next - 1]?.tip ?? at.base, next);
    if (red !== undefined && !isVerdict(red)) return err(red);
    if (red !== undefined) because = red;
    search = red === undefined ? { ...search, green: next } : { ...search, red: next };
  }
}

async function repair(
  run: RunContext,
  options: ReduceAttempt,
  broken: {
    readonly culprit: MergedUnit;
    readonly before: readonly MergedUnit[];
    readonly because: Failure;
  },
): Promise<{ readonly unit?: MergedUnit; readonly spent: Spend } | undefined> {
  if (options.action.onRed !== "repair") return undefined;
  const { repaired, spent } = await repairUnit(run, options, broken);
  if (!repaired.ok) return { spent };
  const { culprit } = broken;
  const { tip, files } = repaired.value;
  return { unit: { ...culprit, tip, settled: [...culprit.settled, ...files] }, spent };
}

/** The culprit, and what was made on top of it. Gives the latter. */
async function leaveOut(
  run: RunContext,
  options: ReduceAttempt,
  out: {
    readonly culprit: MergedUnit;
    readonly because: Failure;
    readonly rest: readonly UnitToMerge[];
  },
): Promise<readonly UnitId[]> {
  const { culprit, because, rest } = out;
  await drop(run, options, {
    patch: culprit.id,
    reason: `with it the merged work is red: ${because.message}`,
  });
  const onTop = rest.filter(({ commit }) => run.history.isAncestor(culprit.commit, commit));
  for (const { id } of onTop)
    await drop(run, options, {
      patch: id,
      reason: `it stands on ${culprit.id}, which is left out`,
    });
  return onTop.map(({ id }) => id);
}

/** For people: what the result lacks. */
export function withoutText(dropped: readonly UnitId[]): Failure {
  return failure("conflict", `merged without ${dropped.join(", ")}`);
}
