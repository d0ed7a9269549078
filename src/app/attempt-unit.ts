import { type Failure, failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import type { Result } from "../model/result.ts";
import type { Patch, Unit } from "../model/unit.ts";
import type { Worktree } from "../ports/workspace.ts";
import { act, type Acted } from "./act.ts";
import { type Attempt, keptAs } from "./attempt.ts";
import { createJudge, type JudgeWork } from "./judge-work.ts";
import { redBase, wantsGreenBase } from "./red-base.ts";
import type { RunContext } from "./run-context.ts";
import { createSubmitDesk } from "./submit-desk.ts";
import type { Tries } from "./tries.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";

export interface AttemptAt extends Omit<Attempt, "worktree" | "outDir"> {
  readonly base: CommitId;
  readonly tries: Tries;
}

/** How an attempt ended, and where its commands left their outputs. */
export interface Tried {
  readonly end: UnitEnd;
  readonly outDir: string;
}

/** One attempt at a unit that works in a worktree of its own. */
export async function attemptUnit(run: RunContext, options: AttemptAt): Promise<UnitEnd> {
  return settle(run, options.unit, await attemptOnce(run, options));
}

/** Act, commit, judge; what only the work that is taken may do is left. The worktree is gone afterwards. */
export async function attemptOnce(run: RunContext, options: AttemptAt): Promise<Tried> {
  const outDir = await run.ports.files.makeOutDir(keptAs(options), options.attempt);
  return { outDir, end: await attemptIn(run, { ...options, outDir }) };
}

async function attemptIn(
  run: RunContext,
  options: AttemptAt & { readonly outDir: string },
): Promise<UnitEnd> {
  const { unit, attempt, tries } = options;
  const opened = await openFor(run, options);
  if (!opened.ok) return notSetUp(opened.error);
  await using worktree = opened.value;
  const at: Attempt = { ...options, worktree };
  const judge = createJudge(run, at);
  const desk = createSubmitDesk(run, at, { judge, tries });
  const red = await redBaseOf(run, at);
  if (red !== undefined)
    return red.kind === "baseline" ? endedWith(outcomeOf(red), red) : notSetUp(red);
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "acting" });
  const acted = await act(run, { ...at, desk });
  await desk.idle();
  // What was done is committed whatever came of it: a failed attempt's work is kept as a patch, never lost.
  const committed = await worktree.commit(unit.commit);
  if ((acted.kind === "failed" || !committed.ok) && !(await worktree.isThere()))
    return endedWith("setup-failed", deleted(worktree.path), {
      spent: acted.spent,
      retryClass: "setup",
    });
  if (acted.kind === "failed")
    return await failedAct(run, at, { acted, patch: committed.ok ? committed.value : undefined });
  if (!committed.ok)
    return endedWith(outcomeOf(committed.error), committed.error, { spent: acted.spent });
  if (acted.kind === "skipped") {
    return { outcome: "skipped", reason: acted.reason, outputs: {}, spent: acted.spent };
  }
  return await finish(run, at, { acted, patch: committed.value, judge });
}

function deleted(path: string): Failure {
  return failure("io", `its worktree was deleted while it was at work: ${path}`, {
    hint: "leave the run's worktrees alone until it has ended; run the unit again",
  });
}

/** Without a place to work in nothing has been tried yet. */
function notSetUp(failed: Failure): UnitEnd {
  return failed.kind === "cancelled"
    ? endedWith("cancelled", failed)
    : endedWith("setup-failed", failed, { retryClass: "setup" });
}

/**
 * Asked before anything is done, where the plan wants its base green: money spent on a red one would be lost. Another failure
 * than `baseline`: the base could not be asked.
 */
async function redBaseOf(run: RunContext, at: Attempt): Promise<Failure | undefined> {
  const { unit, attempt, worktree, outDir, signal } = at;
  if (!wantsGreenBase(unit.verify)) return undefined;
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "baseline" });
  return redBase(run, { unit, cwd: worktree.path, outDir, signal }, unit.verify);
}

/** An agent gets a worktree that nobody used before; commands may get one that commands left untouched. */
function openFor(
  run: RunContext,
  at: Pick<AttemptAt, "unit" | "attempt" | "base" | "candidate">,
): Promise<Result<Worktree>> {
  const { unit, attempt, base } = at;
  const options = { name: `${keptAs(at)}-${attempt}`, deps: run.settings.deps };
  return isOfCommands(unit.action)
    ? run.shelf.lend(base, options)
    : run.ports.workspace.open(base, options);
}

function isOfCommands(action: Unit["action"]): boolean {
  if (action.kind === "steps") return action.steps.every((step) => step.action.kind !== "agent");
  return action.kind === "run";
}

async function failedAct(
  run: RunContext,
  at: Attempt,
  done: { readonly acted: Extract<Acted, { kind: "failed" }>; readonly patch: Patch | undefined },
): Promise<UnitEnd> {
  const { acted, patch } = done;
  return endedWith(outcomeOf(acted.failure), acted.failure, {
    spent: acted.spent,
    ...(acted.retryClass === undefined ? {} : { retryClass: acted.retryClass }),
    ...(acted.delivery === undefined ? {} : { delivery: acted.delivery }),
    ...(patch === undefined ? {} : await keepPatch(run, at, patch)),
  });
}

/** The last word on an attempt's work, whatever was said of it before. */
async function finish(
  run: RunContext,
  at: Attempt,
  done: {
    readonly acted: Extract<Acted, { kind: "acted" }>;
    readonly patch: Patch | undefined;
    readonly judge: JudgeWork;
  },
): Promise<UnitEnd> {
  const { unit, attempt, signal } = at;
  const { acted, patch } = done;
  const { scope, delivery, spent } = acted;
  const more = { spent, ...(delivery === undefined ? {} : { delivery }) };
  const work = { patch, scope, delivered: delivery?.outputs ?? {} };
  const verdict = await done.judge(work, { signal, anew: false });
  if (verdict.kind === "bad") {
    const kept = patch === undefined ? {} : await keepPatch(run, at, patch);
    const { outcome, failure, retryClass } = verdict;
    const again = retryClass === undefined ? {} : { retryClass };
    return endedWith(outcome, failure, { ...more, ...kept, ...again });
  }
  const { outputs } = verdict;
  if (patch !== undefined) {
    const ref = unitRef(run.id, unit.id, attempt, at.candidate);
    const kept = await run.ports.workspace.setRef(ref, patch.commit);
    if (!kept.ok) return endedWith("failed", kept.error, more);
    // Of several, all but one will not be merged.
    const several = at.candidate === undefined ? {} : await keepPatch(run, at, patch);
    return { outcome: "done", ...several, patch, outputs, ...more };
  }
  // An agent that was given a scope was meant to change something; a command need not.
  const noop = scope !== undefined && delivery?.tasks === undefined;
  return noop
    ? { outcome: "noop", reason: "nothing had to change", outputs, ...more }
    : { outcome: "done", outputs, ...more };
}

/** What the work that is taken adds to the plan, comes to be. */
export async function settle(
  run: RunContext,
  unit: Unit,
  { end, outDir }: Tried,
): Promise<UnitEnd> {
  if (end.outcome !== "done" && end.outcome !== "noop") return end;
  const grown = await growFrom(run, { unit, outDir }, end.delivery?.tasks);
  if (grown === undefined) return end;
  const { spent, delivery } = end;
  const more = delivery === undefined ? {} : { delivery };
  return endedWith("failed", grown, { spent, ...more, retryClass: "agent" });
}

/** Keeps work that will not be merged: as a ref (so that git does not collect it) and as a patch file. */
async function keepPatch(
  run: RunContext,
  at: Attempt,
  patch: Patch,
): Promise<Pick<UnitEnd, "patch" | "patchFile" | "diff">> {
  await run.ports.workspace.setRef(
    unitRef(run.id, at.unit.id, at.attempt, at.candidate),
    patch.commit,
  );
  const diff = await run.ports.workspace.diffText(patch.base, patch.commit);
  if (!diff.ok) return { patch };
  const patchFile = await run.ports.files.writePatch(keptAs(at), at.attempt, diff.value);
  return { patch, patchFile, diff: diff.value };
}

/** New tasks come from an agent's delivery, or from `$SKEIN_OUT/tasks.yaml` of a command. */
async function growFrom(
  run: RunContext,
  at: Pick<Attempt, "unit" | "outDir">,
  delivered: unknown,
): Promise<Failure | undefined> {
  const written =
    delivered === undefined ? await run.ports.files.readOutput(at.outDir, "tasks.yaml") : undefined;
  if (written !== undefined && !written.ok) return written.error;
  const tasks = delivered ?? written?.value;
  if (tasks === undefined) return undefined;
  const grown = await run.grow(at.unit.id, tasks);
  return grown.ok ? undefined : grown.error;
}
