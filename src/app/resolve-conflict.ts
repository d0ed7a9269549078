import { leftMarker } from "../core/reduce/left-markers.ts";
import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, TreeId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import { deliveryOf } from "./act.ts";
import { conflictPrompt } from "./conflict-prompt.ts";
import type { OpenConflict } from "./open-conflict.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import type { OpenFile } from "./settle-by-code.ts";
import { openPaths } from "./tips.ts";
import { scopeOf, unitsAbout } from "./units-between.ts";
import { verify } from "./verify.ts";

/** Answers of one agent after another; the second is told what was wrong with the first. */
const triesMax = 2;

interface Resolved {
  readonly tree: Result<TreeId>;
  readonly spent: Spend;
  /** What it changed. */
  readonly files: readonly string[];
}

/**
 * A reducer agent settles a conflict in a worktree that holds the markers. Its answer counts when no marker is left,
 * nothing changed but the conflicted files and what both sides' units may change, and the checks of those units pass.
 */
export async function resolveConflict(
  run: RunContext,
  options: ReduceAttempt,
  conflict: OpenConflict,
): Promise<Resolved> {
  const { unit, attempt, signal } = options;
  const { ours, theirs, tree } = conflict;
  const message = theirs.subject;
  const marked = await run.ports.workspace.commitTree(tree, { parents: [ours], message });
  if (!marked.ok) return { tree: marked, spent: noSpend, files: [] };
  const opened = await run.ports.workspace.open(marked.value, {
    name: `${unit.id}-${attempt}-${theirs.id}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return { tree: opened, spent: noSpend, files: [] };
  await using worktree = opened.value;
  const others = unitsAbout(run, { ours, theirs: theirs.commit }, openPaths(conflict));
  const units = [theirs.id, ...others];
  const write = [...openPaths(conflict), ...units.flatMap((id) => scopeOf(run, id))];
  const spec = { prompt: await conflictPrompt(run, { ...conflict, others }), write, budget: {} };
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  let spent = noSpend;
  let wrong: Failure | undefined;
  for (let number = 1; number <= triesMax; number += 1) {
    const result = await runAgent(run, {
      unit,
      attempt,
      role: "reducer",
      spec,
      root: worktree.path,
      outDir,
      signal,
      name: number === 1 ? theirs.id : `${theirs.id}-${number}`,
      ...(wrong === undefined ? {} : { feedback: feedbackOf(wrong) }),
    });
    spent = addSpend(spent, result.spent);
    const delivery = deliveryOf(result);
    if (!delivery.ok) return { tree: delivery, spent, files: [] };
    if (delivery.value.status === "failed")
      return { tree: err(gaveUp(theirs.id, delivery.value.summary)), spent, files: [] };
    const answer = await worktree.commit(message);
    if (!answer.ok) return { tree: answer, spent, files: [] };
    const commit = answer.value?.commit ?? marked.value;
    const files = answer.value?.files ?? [];
    wrong = await problemOf(run, options, { conflict, commit, files, write, units });
    if (wrong === undefined)
      return { tree: await run.ports.workspace.treeOf(commit), spent, files };
  }
  return { tree: err(wrong ?? gaveUp(theirs.id, "it never answered")), spent, files: [] };
}

function gaveUp(id: UnitId, why: string): Failure {
  return failure("conflict", `the reducer could not settle ${id}: ${why}`);
}

function feedbackOf({ message, detail }: Failure): string {
  return `The answer so far, which is in your worktree, does not count: ${message}\n${detail ?? ""}`.trim();
}

async function problemOf(
  run: RunContext,
  options: ReduceAttempt,
  answer: {
    readonly conflict: OpenConflict;
    readonly commit: CommitId;
    readonly files: readonly string[];
    readonly write: readonly string[];
    readonly units: readonly UnitId[];
  },
): Promise<Failure | undefined> {
  const { conflict, commit } = answer;
  const outside = outsideScope(answer.files, answer.write);
  if (outside.length > 0) {
    const said = `the reducer changed more than both sides may: ${outside.slice(0, 5).join(", ")}`;
    return failure("out-of-scope", said);
  }
  for (const file of conflict.open) {
    const left = await markerIn(run, commit, file);
    if (!left.ok) return left.error;
    if (left.value !== undefined)
      return failure(
        "conflict",
        `the reducer left a conflict marker in ${file.path}: ${left.value}`,
      );
  }
  return verifyUnits(run, options, answer);
}

async function markerIn(
  run: RunContext,
  commit: CommitId,
  file: OpenFile,
): Promise<Result<string | undefined>> {
  const { workspace } = run.ports;
  const text = await workspace.textOf(`${commit}:${file.path}`);
  if (!text.ok || text.value === undefined) return text;
  const sides: string[] = [];
  for (const version of [file.ours, file.theirs]) {
    const side = version === undefined ? ok("") : await workspace.textOf(version.blob);
    if (!side.ok) return side;
    sides.push(side.value ?? "");
  }
  return ok(leftMarker({ text: text.value, sides, markerSize: file.markerSize }));
}

/** Each unit's own checks on the answer, in a worktree that holds what was committed and no more. */
async function verifyUnits(
  run: RunContext,
  { unit, attempt, signal }: ReduceAttempt,
  {
    units,
    commit,
    conflict,
  }: {
    readonly units: readonly UnitId[];
    readonly commit: CommitId;
    readonly conflict: OpenConflict;
  },
): Promise<Failure | undefined> {
  const checked = units.flatMap((id) => {
    const own = run.state.units.get(id)?.unit;
    const steps = own?.verify.filter(({ kind }) => kind === "run") ?? [];
    return own === undefined || steps.length === 0 ? [] : [{ own, steps }];
  });
  if (checked.length === 0) return undefined;
  const opened = await run.ports.workspace.open(commit, {
    name: `${unit.id}-${attempt}-${conflict.theirs.id}-check`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return opened.error;
  await using worktree = opened.value;
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  for (const { own, steps } of checked) {
    const place = { unit: { ...own, id: unit.id }, cwd: worktree.path, outDir, signal };
    const red = await verify(run, place, { steps });
    if (red !== undefined)
      return failure("conflict", `with it a check of ${own.id} is red: ${red.message}`, red);
  }
  return undefined;
}
