import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import type { Result } from "../model/result.ts";
import type { Patch } from "../model/unit.ts";
import type { Worktree } from "../ports/workspace.ts";
import { act, type Acted, type Attempt } from "./act.ts";
import { outDirOf } from "./out-dir.ts";
import { readOutputs } from "./outputs.ts";
import type { RunContext } from "./run-context.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";
import { verify } from "./verify.ts";

/** One attempt at a unit that works in a worktree of its own: act, commit, judge. The worktree is gone afterwards. */
export async function attemptUnit(
  run: RunContext,
  options: Omit<Attempt, "worktree" | "outDir"> & { readonly base: CommitId },
): Promise<UnitEnd> {
  const { unit, attempt } = options;
  const opened = await openFor(run, options);
  if (!opened.ok) return endedWith(outcomeOf(opened.error), opened.error);
  await using worktree = opened.value;
  const outDir = await outDirOf(run, unit, attempt);
  const at: Attempt = { ...options, worktree, outDir };
  await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "acting" });
  const acted = await act(run, at);
  // What was done is committed whatever came of it: a failed attempt's work is kept as a patch, never lost.
  const committed = await worktree.commit(unit.commit);
  if (acted.kind === "failed")
    return await failedAct(run, at, { acted, patch: committed.ok ? committed.value : undefined });
  if (!committed.ok)
    return endedWith(outcomeOf(committed.error), committed.error, { spent: acted.spent });
  if (acted.kind === "skipped") {
    return { outcome: "skipped", reason: acted.reason, outputs: {}, spent: acted.spent };
  }
  return await judge(run, at, { acted, patch: committed.value });
}

/** An agent gets a worktree that nobody used before; a command may get one that a command left untouched. */
function openFor(
  run: RunContext,
  { unit, attempt, base }: Pick<Attempt, "unit" | "attempt"> & { readonly base: CommitId },
): Promise<Result<Worktree>> {
  const options = { name: `${unit.id}-${attempt}`, deps: run.settings.deps };
  return unit.action.kind === "run"
    ? run.shelf.lend(base, options)
    : run.ports.workspace.open(base, options);
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

async function judge(
  run: RunContext,
  at: Attempt,
  done: { readonly acted: Extract<Acted, { kind: "acted" }>; readonly patch: Patch | undefined },
): Promise<UnitEnd> {
  const { unit, attempt, worktree } = at;
  const { acted, patch } = done;
  const { scope, delivery, spent } = acted;
  const more = { spent, ...(delivery === undefined ? {} : { delivery }) };
  const outside = scope === undefined ? [] : outsideScope(patch?.files ?? [], scope);
  if (patch !== undefined && outside.length > 0) {
    return endedWith("out-of-scope", scopeFailure(outside), {
      ...more,
      ...(await keepPatch(run, at, patch)),
    });
  }
  if (unit.verify.length > 0) {
    await run.record({ kind: "unit-state", unit: unit.id, attempt, state: "verifying" });
    const red = await verify(
      run,
      { unit, cwd: worktree.path, outDir: at.outDir, signal: at.signal },
      { steps: unit.verify, patch, scope },
    );
    if (red !== undefined) {
      const kept = patch === undefined ? {} : await keepPatch(run, at, patch);
      return endedWith(outcomeOf(red), red, { ...more, ...kept, retryClass: "verify" });
    }
  }
  const grown = await growFrom(run, at, delivery?.tasks);
  if (grown !== undefined) return endedWith("failed", grown, { ...more, retryClass: "agent" });
  const outputs = await readOutputs(run.ports.files, unit, {
    outDir: at.outDir,
    delivered: delivery?.outputs ?? {},
  });
  if (!outputs.ok) return endedWith("failed", outputs.error, more);
  if (patch !== undefined) {
    const kept = await run.ports.workspace.setRef(unitRef(run.id, unit.id, attempt), patch.commit);
    if (!kept.ok) return endedWith("failed", kept.error, more);
    return { outcome: "done", patch, outputs: outputs.value, ...more };
  }
  // An agent that was given a scope was meant to change something; a command need not.
  const noop = scope !== undefined && delivery?.tasks === undefined;
  return noop
    ? { outcome: "noop", reason: "nothing had to change", outputs: outputs.value, ...more }
    : { outcome: "done", outputs: outputs.value, ...more };
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

/** Keeps work that will not be merged: as a ref (so that git does not collect it) and as a patch file. */
async function keepPatch(
  run: RunContext,
  at: Attempt,
  patch: Patch,
): Promise<Pick<UnitEnd, "patch" | "patchFile" | "diff">> {
  await run.ports.workspace.setRef(unitRef(run.id, at.unit.id, at.attempt), patch.commit);
  const diff = await run.ports.workspace.diffText(patch.base, patch.commit);
  if (!diff.ok) return { patch };
  const patchFile = await run.ports.files.writePatch(at.unit.id, at.attempt, diff.value);
  return { patch, patchFile, diff: diff.value };
}

/** New tasks come from an agent's delivery, or from `$SKEIN_OUT/tasks.yaml` of a command. */
async function growFrom(
  run: RunContext,
  at: Attempt,
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
