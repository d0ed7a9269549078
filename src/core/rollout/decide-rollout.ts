import type { UnitFinished } from "../../model/event.ts";
import type { ReachedGate } from "../../model/gate.ts";
import type { UnitId } from "../../model/ids.ts";
import type { Rollout, RolloutShare } from "../../model/plan.ts";
import { successOutcomes, type Unit } from "../../model/unit.ts";
import { shownCount } from "../report/figures.ts";
import type { Hold } from "../schedule/hold.ts";
import { canaryOf } from "./canary-of.ts";
import { firstErrorOf } from "./first-error.ts";
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

/** What was said so far. */
export interface RolloutSaid {
  readonly verdict: RolloutVerdict | undefined;
  /** A person's, on whether the rest goes on. */
  readonly word: Hold["standing"] | undefined;
}

export interface RolloutDecision {
  /** A person is to be asked it. */
  readonly question?: Pick<ReachedGate, "message" | "shown">;
  /** To be written down before anything else is done to the task's units. */
  readonly verdict?: RolloutVerdict;
  /** Units that may not start yet. */
  readonly held: ReadonlySet<UnitId>;
  /** Why whatever has not started never will. */
  readonly stopped?: string;
}

/**
 * A canary of a few units first, the rest when enough of those succeeded, in batches; and nothing more once too many
 * have failed. `units` are all of the task's, in their order.
 */
export function decideRollout(
  rollout: Rollout,
  units: readonly RolloutUnit[],
  { verdict, word }: RolloutSaid,
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
  if (verdict === undefined)
    return { held, ...judgeCanary(rollout, first, { rest: rest.length, word }) };
  const tooMany = tooManyFailures(rollout, units);
  if (tooMany !== undefined) return { held, verdict: { goesOn: false, reason: tooMany } };
  return { held: idsOf(behindBatch(rest, rollout.batch)) };
}

function idsOf(units: readonly RolloutUnit[]): ReadonlySet<UnitId> {
  return new Set(units.map(({ unit }) => unit.id));
}

function judgeCanary(
  { require, promote }: Rollout,
  canary: readonly RolloutUnit[],
  { rest, word }: Pick<RolloutSaid, "word"> & { readonly rest: number },
): Pick<RolloutDecision, "verdict" | "question"> {
  const good = canary.filter(({ finished }) => succeeded(finished)).length;
  const wanted = wantedOf(require, canary.length);
  const said = `${good} of ${canary.length} succeeded`;
  const others = rest === 1 ? "the other one" : `the other ${rest}`;
  if (good < wanted) {
    const learned = whatWasLearned(failuresOf(canary));
    const reason = `the canary did not pass: ${said}, ${wanted} had to${learned === "" ? "" : `; ${learned}`}`;
    return { verdict: { goesOn: false, reason } };
  }
  const passed = `the canary passed: ${said}`;
  if (promote === "auto") {
    const goes = rest === 1 ? "goes on" : "go on";
    return { verdict: { goesOn: true, reason: `${passed}; ${others} ${goes}` } };
  }
  switch (word) {
    case undefined:
      return { question: { message: `${passed}; may ${others} go on?`, shown: shownOf(canary) } };
    case "waiting":
      return {};
    case "approved":
      return { verdict: { goesOn: true, reason: `${passed}; a person let ${others} go on` } };
    case "rejected":
      return { verdict: { goesOn: false, reason: `${passed}; a person held back ${others}` } };
  }
}

/** What a person decides by: how each of the canary ended, and how to look at it. */
function shownOf(canary: readonly RolloutUnit[]): readonly string[] {
  return canary.flatMap(({ finished }) => {
    if (finished === undefined) return [];
    const { unit, outcome, patch } = finished;
    if (!succeeded(finished)) return [`${unit} ${outcome}: ${firstErrorOf(finished)}`];
    if (patch === undefined) return [`${unit} ${outcome}`];
    const { files, insertions, deletions, commit } = patch;
    const size = `${shownCount(files.length, "file")}, +${insertions} -${deletions}`;
    return [`${unit} ${outcome}: ${size}; git show ${commit.slice(0, 10)}`];
  });
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
