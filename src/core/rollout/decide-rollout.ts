import type { UnitFinished } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import type { Rollout, RolloutShare } from "../../model/plan.ts";
import { successOutcomes, type Unit } from "../../model/unit.ts";
import { canaryOf } from "./canary-of.ts";
import { whatWasLearned } from "./what-was-learned.ts";

/** What was last said of a rollout. */
export interface RolloutVerdict {
  readonly goesOn: boolean;
  readonly reason: string;
}

/** A unit, and how it ended when it has. */
export interface RolloutUnit {
  readonly unit: Unit;
  readonly finished?: UnitFinished;
}

export interface RolloutDecision {
  /** To be written down before anything else is done to the task's units. */
  readonly verdict?: RolloutVerdict;
  /** Units that may not start yet. */
  readonly held: ReadonlySet<UnitId>;
  /** Why whatever has not started never will. */
  readonly stopped?: string;
}

/**
 * A canary of a few units first, the rest when enough of those succeeded, in batches; and nothing more once too many
 * have failed. `units` are all of the task's, in their order; `verdict` is what was decided of them so far.
 */
export function decideRollout(
  rollout: Rollout,
  units: readonly RolloutUnit[],
  verdict: RolloutVerdict | undefined,
): RolloutDecision {
  if (units.every(({ finished }) => finished !== undefined)) return { held: new Set() };
  if (verdict?.goesOn === false) return { held: idsOf(units), stopped: verdict.reason };
  const canary = canaryOf(
    rollout,
    units.map(({ unit }) => unit),
  );
  const first = units.filter(({ unit }) => canary.has(unit.id));
  const rest = units.filter(({ unit }) => !canary.has(unit.id));
  const held = idsOf(rest);
  if (first.some(({ finished }) => finished === undefined)) return { held };
  if (verdict === undefined) return { held, verdict: judgeCanary(rollout, first, rest.length) };
  const tooMany = tooManyFailures(rollout, units);
  if (tooMany !== undefined) return { held, verdict: { goesOn: false, reason: tooMany } };
  return { held: idsOf(behindBatch(rest, rollout.batch)) };
}

function idsOf(units: readonly RolloutUnit[]): ReadonlySet<UnitId> {
  return new Set(units.map(({ unit }) => unit.id));
}

function judgeCanary(
  { require }: Rollout,
  canary: readonly RolloutUnit[],
  left: number,
): RolloutVerdict {
  const good = canary.filter(({ finished }) => succeeded(finished)).length;
  const wanted = wantedOf(require, canary.length);
  const said = `${good} of ${canary.length} succeeded`;
  if (good >= wanted) {
    const others = left === 1 ? "the other one goes on" : `the other ${left} go on`;
    return { goesOn: true, reason: `the canary passed: ${said}; ${others}` };
  }
  const learned = whatWasLearned(failuresOf(canary));
  return {
    goesOn: false,
    reason: `the canary did not pass: ${said}, ${wanted} had to${learned === "" ? "" : `; ${learned}`}`,
  };
}

/** Of so many units; never more than there are. */
export function wantedOf(share: RolloutShare, count: number): number {
  return "count" in share
    ? Math.min(share.count, count)
    : Math.ceil((count * share.part) / share.of);
}

/** One failure among a few says little: it is too many only where none is allowed. */
function tooManyFailures(
  { maxFailureRate }: Rollout,
  units: readonly RolloutUnit[],
): string | undefined {
  if (maxFailureRate === undefined) return undefined;
  const ended = units.filter(({ finished }) => hasRun(finished));
  const failed = failuresOf(ended);
  const allowed = maxFailureRate === 0 ? 0 : Math.max(1, maxFailureRate * ended.length);
  if (failed.length <= allowed) return undefined;
  const most = `${Math.round(maxFailureRate * 100)}%`;
  return `too many failures: ${failed.length} of ${ended.length} that ended, more than max-failure-rate ${most}; ${whatWasLearned(failed)}`;
}

function failuresOf(units: readonly RolloutUnit[]): readonly UnitFinished[] {
  return units.flatMap(({ finished }) =>
    finished !== undefined && hasRun(finished) && !succeeded(finished) ? [finished] : [],
  );
}

function succeeded(finished: UnitFinished | undefined): boolean {
  return finished !== undefined && successOutcomes.has(finished.outcome);
}

/** What was ended from outside says nothing of the change; a repository that could not be fetched does. */
function hasRun(finished: UnitFinished | undefined): boolean {
  if (finished === undefined || finished.outcome === "cancelled") return false;
  return finished.attempt > 0 || finished.failure !== undefined;
}

/** Units of the batches after the first that is not through. */
function behindBatch(
  rest: readonly RolloutUnit[],
  batch: number | undefined,
): readonly RolloutUnit[] {
  if (batch === undefined) return [];
  const open = rest.findIndex(({ finished }) => finished === undefined);
  return open === -1 ? [] : rest.slice((Math.floor(open / batch) + 1) * batch);
}
