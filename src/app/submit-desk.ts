import pLimit from "p-limit";

import { refusalText } from "../core/attempts/feedback-text.ts";
import type { AgentDelivery } from "../model/contract.ts";
import type { Failure } from "../model/failure.ts";
import type { Answers } from "../model/question.ts";
import type { Result } from "../model/result.ts";
import type { Patch } from "../model/unit.ts";
import type { JudgeDelivery } from "../ports/questions.ts";
import type { Attempt } from "./attempt.ts";
import type { JudgeWork, Verdict } from "./judge-work.ts";
import type { RunContext } from "./run-context.ts";
import type { Tries } from "./tries.ts";
import { unitRef } from "./unit-ref.ts";

/** Where the agents of one attempt hand in their work. */
export interface SubmitDesk {
  /** Answers an agent that may change what `scope` names; undefined: anything. */
  readonly answer: (scope: readonly string[] | undefined) => JudgeDelivery;
  /** Resolves once nothing is being judged: the worktree is nobody's then. */
  readonly idle: () => Promise<void>;
}

const taken = { kind: "taken" } as const;

/**
 * An agent that hands in red work is told so while it still knows what it did, and goes on. That its work is taken says only
 * that it has ended: it is judged once more then, whatever its thread says.
 */
export function createSubmitDesk(
  run: RunContext,
  at: Attempt,
  parts: { readonly judge: JudgeWork; readonly tries: Tries },
): SubmitDesk {
  const inTurn = pLimit(1);
  let isClosed = false;
  return {
    answer: (scope) => (delivery, gone) =>
      inTurn(async () => {
        if (isClosed || delivery.status === "failed" || gone.aborted) return taken;
        try {
          const answer = await judge(run, at, { ...parts, scope, delivery, gone });
          isClosed = answer.kind === "taken";
          return answer;
        } catch {
          // What hinders here (a journal that cannot be written) hinders the attempt as well, and is told there.
          isClosed = true;
          return taken;
        }
      }),
    idle: () => inTurn(() => Promise.resolve()),
  };
}

interface HandedIn {
  readonly judge: JudgeWork;
  readonly tries: Tries;
  readonly scope: readonly string[] | undefined;
  readonly delivery: AgentDelivery;
  readonly gone: AbortSignal;
}

async function judge(
  run: RunContext,
  at: Attempt,
  { judge, tries, scope, delivery, gone }: HandedIn,
): Promise<Answers["submit"]> {
  const { unit, attempt, worktree } = at;
  const signal = AbortSignal.any([at.signal, gone]);
  const committed = await worktree.commit(unit.commit);
  const patch = committed.ok ? committed.value : undefined;
  const verdict = committed.ok
    ? await judge({ patch, scope, delivered: delivery.outputs }, { signal, anew: true })
    : notCommitted(committed.error);
  if (verdict.kind === "good" || signal.aborted) return taken;
  const next = tries.decide(verdict, true);
  if (next.kind !== "same-agent") return taken;
  const diff = await keep(run, at, patch);
  await tries.goesOn(attempt, verdict.failure);
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "acting" });
  const { failure } = verdict;
  return {
    kind: "refused",
    text: refusalText(
      unit.retry,
      { failure, diff: diff?.ok === true ? diff.value : undefined },
      next.left,
    ),
  };
}

/** A change that no patch may carry can be taken back; the rest is none of the agent's. */
function notCommitted(failure: Failure): Extract<Verdict, { kind: "bad" }> {
  const retryClass = failure.kind === "out-of-scope" ? "verify" : undefined;
  return { kind: "bad", outcome: "failed", failure, retryClass };
}

/** So that git does not collect it should the run be cut off; gives its diff. */
async function keep(
  run: RunContext,
  { unit, attempt, candidate }: Attempt,
  patch: Patch | undefined,
): Promise<Result<string> | undefined> {
  if (patch === undefined) return undefined;
  await run.ports.workspace.setRef(unitRef(run.id, unit.id, attempt, candidate), patch.commit);
  return run.ports.workspace.diffText(patch.base, patch.commit);
}
