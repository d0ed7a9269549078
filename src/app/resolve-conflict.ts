import { outsideScope } from "../core/scope.ts";
import { failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import type { ResolvedAgentSpec } from "../model/unit.ts";
import { deliveryOf } from "./act.ts";
import { goalOf } from "./goal-of.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { rememberMerge } from "./tips.ts";

interface Conflict {
  readonly files: readonly string[];
  readonly messages: string;
  readonly marked: CommitId;
  readonly ours: CommitId;
  readonly theirs: { readonly id: UnitId; readonly commit: CommitId; readonly subject: string };
}

/**
 * A reducer agent settles one textual conflict in a worktree that holds the markers. Its answer counts only when
 * no marker is left and nothing but the conflicted files changed.
 */
export async function resolveConflict(
  run: RunContext,
  options: ReduceAttempt,
  conflict: Conflict,
): Promise<{ readonly commit: Result<CommitId>; readonly spent: Spend }> {
  const { unit, attempt, signal } = options;
  const opened = await run.ports.workspace.open(conflict.marked, {
    name: `${unit.id}-${attempt}-${conflict.theirs.id}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return { commit: opened, spent: noSpend };
  await using worktree = opened.value;
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  const spec: ResolvedAgentSpec = {
    prompt: promptOf(run, conflict),
    write: [...conflict.files],
    budget: {},
  };
  const result = await runAgent(run, {
    unit,
    attempt,
    role: "reducer",
    spec,
    root: worktree.path,
    outDir,
    signal,
    name: conflict.theirs.id,
  });
  const { spent } = result;
  const delivery = deliveryOf(result);
  if (!delivery.ok) return { commit: delivery, spent };
  if (delivery.value.status === "failed") {
    return {
      commit: err(
        failure(
          "conflict",
          `the reducer could not settle ${conflict.theirs.id}: ${delivery.value.summary}`,
        ),
      ),
      spent,
    };
  }
  const settled = await worktree.commit(conflict.theirs.subject);
  if (!settled.ok) return { commit: settled, spent };
  const tip = settled.value?.commit ?? conflict.marked;
  return { commit: await accept(run, { conflict, tip, files: settled.value?.files ?? [] }), spent };
}

/** What both sides were to do, from their contracts: the reducer judges by intent, not by text alone. */
function promptOf(run: RunContext, conflict: Conflict): string {
  const theirs = goalOf(run, conflict.theirs.id);
  const others = [...run.tips.keys()]
    .filter((id) => id !== conflict.theirs.id && run.state.units.get(id)?.status === "ended")
    .map((id) => goalOf(run, id))
    .filter((prompt) => prompt !== "");
  return [
    `Resolve the merge conflicts in: ${conflict.files.join(", ")}.`,
    "The files hold diff3 markers: between <<<<<<< and ||||||| what was merged already, then the common base, then between ======= and >>>>>>> the change to bring in. Keep what both sides were to do; leave no marker; change nothing else.",
    `The change to bring in (${conflict.theirs.id}) was to do: ${theirs}`,
    `What was merged already was to do: ${[...new Set(others)].join("\n")}`,
    `git says:\n${conflict.messages}`,
  ].join("\n");
}

async function accept(
  run: RunContext,
  answer: {
    readonly conflict: Conflict;
    readonly tip: CommitId;
    readonly files: readonly string[];
  },
): Promise<Result<CommitId>> {
  const { conflict, tip } = answer;
  const outside = outsideScope(answer.files, conflict.files);
  if (outside.length > 0) {
    return err(
      failure(
        "out-of-scope",
        `the reducer changed more than the conflicted files: ${outside.join(", ")}`,
      ),
    );
  }
  for (const file of conflict.files) {
    const text = await run.ports.workspace.readFile(tip, file);
    if (!text.ok) return text;
    if (text.value !== undefined && /^(<{7}|\|{7}|>{7})( |$)/m.test(text.value)) {
      return err(failure("conflict", `the reducer left conflict markers in ${file}`));
    }
  }
  const tree = await run.ports.workspace.treeOf(tip);
  if (!tree.ok) return tree;
  const commit = await run.ports.workspace.commitTree(tree.value, {
    parents: [conflict.ours],
    message: conflict.theirs.subject,
  });
  if (!commit.ok) return commit;
  await rememberMerge(run, commit.value, [conflict.ours, conflict.theirs.commit]);
  return ok(commit.value);
}
