import pLimit from "p-limit";

import { type Candidate, chooseCandidate } from "../core/attempts/choose-candidate.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import { asCandidate } from "./as-candidate.ts";
import { type AttemptAt, attemptOnce, settle, type Tried } from "./attempt-unit.ts";
import { judgeCandidates } from "./judge-candidates.ts";
import type { RunContext } from "./run-context.ts";
import { createTries } from "./tries.ts";
import type { UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";

interface TriedCandidate extends Tried {
  readonly candidate: Candidate;
}

/**
 * Several agents at the same unit, each in a worktree of its own at the same base. The best of them is the unit's work; that of
 * the others stays as refs and patch files. Each mends its own work as often as `retry.max` says, so when none is green there is
 * no further attempt.
 */
export async function attemptCandidates(
  run: RunContext,
  options: AttemptAt,
  count: number,
): Promise<UnitEnd> {
  const { unit, attempt } = options;
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  // A run of few units at a time may have room for fewer than all.
  const slots = pLimit(Math.min(count, run.settings.unitsMax));
  const trying = numbers.map((number) => slots(() => tryCandidate(run, options, number)));
  // Should one break, the others still have their worktrees to leave.
  await Promise.allSettled(trying);
  const all = await Promise.all(trying);
  const choice = chooseCandidate(all.map(({ candidate }) => candidate));
  const judged =
    choice.toJudge.length === 0
      ? undefined
      : await judgeCandidates(run, options, {
          work: choice.toJudge.flatMap((number) => workOf(all, number)),
        });
  const winner = judged?.winner ?? choice.winner;
  const why = judged === undefined ? choice.why : (judged.why ?? choice.why);
  const by = judged?.winner === undefined ? "checks" : "judge";
  const reason = judged?.problem === undefined ? why : `${why}; ${judged.problem}`;
  await run.record({
    kind: "candidate-chosen",
    unit: unit.id,
    attempt,
    candidate: winner,
    by,
    reason,
  });
  const best = all.find(({ candidate }) => candidate.number === winner);
  if (best === undefined) throw new Error(`Internal error: there is no candidate ${winner}`);
  const spent = all.reduce((sum, { end }) => addSpend(sum, end.spent), judged?.spent ?? noSpend);
  return withAll(await takeBest(run, options, best), spent);
}

function workOf(
  all: readonly TriedCandidate[],
  number: number,
): readonly { readonly number: number; readonly diff: string }[] {
  const found = all.find(({ candidate }) => candidate.number === number);
  return found?.end.diff === undefined ? [] : [{ number, diff: found.end.diff }];
}

/** What all of them cost is the unit's. No retry: they were the tries. */
function withAll(end: UnitEnd, spent: Spend): UnitEnd {
  const { retryClass: _, patchFile, ...rest } = end;
  // A patch file is named for work that is not merged.
  const kept = end.outcome === "done" || patchFile === undefined ? {} : { patchFile };
  return { ...rest, ...kept, spent };
}

async function tryCandidate(
  run: RunContext,
  options: AttemptAt,
  number: number,
): Promise<TriedCandidate> {
  const { unit, attempt } = options;
  const own = asCandidate(run, number);
  const tries = createTries(own.run, unit, []);
  const tried = await attemptOnce(own.run, { ...options, tries, candidate: number });
  const { end } = tried;
  const { patch, outcome } = end;
  const candidate = {
    number,
    outcome,
    commit: patch?.commit,
    lines: (patch?.insertions ?? 0) + (patch?.deletions ?? 0),
    newlyPassing: own.mended(),
  };
  await run.record({
    kind: "candidate-ended",
    unit: unit.id,
    attempt,
    candidate: number,
    outcome,
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(patch === undefined ? {} : { patch }),
    ...(end.patchFile === undefined ? {} : { patchFile: end.patchFile }),
    newlyPassing: candidate.newlyPassing,
    spent: end.spent,
  });
  return { ...tried, candidate };
}

async function takeBest(
  run: RunContext,
  { unit, attempt }: AttemptAt,
  best: TriedCandidate,
): Promise<UnitEnd> {
  const { patch } = best.end;
  if (patch !== undefined) {
    const kept = await run.ports.workspace.setRef(unitRef(run.id, unit.id, attempt), patch.commit);
    if (!kept.ok) return { ...best.end, outcome: "failed", failure: kept.error };
  }
  return settle(run, unit, best);
}
