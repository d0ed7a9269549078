import { hasAgent } from "../core/attempts/has-agent.ts";
import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import type { RetryClass, Value } from "../model/plan.ts";
import type { Outcome, Patch } from "../model/unit.ts";
import { type Attempt, keptAs } from "./attempt.ts";
import { readOutputs } from "./outputs.ts";
import type { RunContext } from "./run-context.ts";
import { outcomeOf } from "./unit-end.ts";
import { verify } from "./verify.ts";

/** What is judged: a commit, never a folder that somebody may still write in. */
export interface Work {
  readonly patch: Patch | undefined;
  /** Undefined: it may have changed anything. */
  readonly scope: readonly string[] | undefined;
  /** Values that were delivered for outputs. */
  readonly delivered: Readonly<Record<string, unknown>>;
}

export type Verdict =
  | { readonly kind: "good"; readonly outputs: Readonly<Record<string, Value>> }
  | {
      readonly kind: "bad";
      readonly outcome: Outcome;
      readonly failure: Failure;
      /** Undefined: another try is of no use. */
      readonly retryClass: RetryClass | undefined;
    };

export interface HowToJudge {
  readonly signal: AbortSignal;
  /** Also what was red before: it may have been bad luck. */
  readonly anew: boolean;
}

export type JudgeWork = (work: Work, how: HowToJudge) => Promise<Verdict>;

/** Judges the work of one attempt: scope, then the checks, then outputs. What was verified once is not verified again. */
export function createJudge(run: RunContext, at: Attempt): JudgeWork {
  const verified = new Map<CommitId | undefined, Failure | undefined>();
  let checks = 0;
  return async (work, { signal, anew }) => {
    const { patch, scope, delivered } = work;
    const outside = scope === undefined ? [] : outsideScope(patch?.files ?? [], scope);
    if (outside.length > 0) return bad(scopeFailure(outside), "verify");
    const commit = patch?.commit;
    if (!verified.has(commit) || (anew && verified.get(commit) !== undefined)) {
      const red = await check(run, { ...at, signal }, { work, number: (checks += 1) });
      if (signal.aborted && red !== undefined) return bad(red, undefined);
      verified.set(commit, red);
    }
    const red = verified.get(commit);
    if (red !== undefined) return bad(red, "verify");
    const { outDir, unit } = at;
    const outputs = await readOutputs(run.ports.files, unit, { outDir, delivered });
    return outputs.ok ? { kind: "good", outputs: outputs.value } : bad(outputs.error, "agent");
  };
}

function bad(failed: Failure, retryClass: RetryClass | undefined): Verdict {
  const isOver = failed.kind === "cancelled" || failed.kind === "budget";
  return {
    kind: "bad",
    outcome: outcomeOf(failed),
    failure: failed,
    retryClass: isOver ? undefined : retryClass,
  };
}

/** Undefined: green. */
async function check(
  run: RunContext,
  at: Attempt,
  { work, number }: { readonly work: Work; readonly number: number },
): Promise<Failure | undefined> {
  const { unit, attempt, worktree, outDir, signal } = at;
  const { patch, scope } = work;
  if (unit.verify.length === 0) return undefined;
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "verifying" });
  const place = { unit, outDir, signal };
  const steps = { steps: unit.verify, patch, scope };
  if (!hasAgent(unit)) return verify(run, { ...place, cwd: worktree.path }, steps);
  // An agent's own worktree holds more than its commit: ignored files, changed dependencies. Nothing but the commit counts.
  const opened = await run.ports.workspace.open(patch?.commit ?? worktree.base, {
    name: `${keptAs(at)}-${attempt}-check-${number}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return opened.error;
  await using clean = opened.value;
  return await verify(run, { ...place, cwd: clean.path }, steps);
}

function scopeFailure(outside: readonly string[]): Failure {
  return failure(
    "out-of-scope",
    `changed ${outside.length === 1 ? "a file" : `${outside.length} files`} outside its scope: ${outside.slice(0, 5).join(", ")}`,
    {
      hint: "widen scope.write if the change is right; the patch was kept and not merged",
    },
  );
}
