import { lockToolOf, unionOfLines } from "../core/reduce/lock-file.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, TreeId } from "../model/ids.ts";
import { err, type Result } from "../model/result.ts";
import type { FileContent, Worktree } from "../ports/workspace.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { commandFailure, runCommandOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";

/** A tool that takes longer is stuck on a network that is not there. */
const toolMs = 5 * 60_000;

/**
 * Lock files made anew from the manifests of `merged`, by the tools that write them; nothing else that a tool changes
 * gets in. `merged` holds our side of each. Network as setup commands have it: when the plan has one.
 */
export async function regenerateLocks(
  run: RunContext,
  options: ReduceAttempt,
  merge: {
    readonly merged: CommitId;
    readonly ours: CommitId;
    readonly theirs: CommitId;
    readonly name: string;
    readonly locks: readonly string[];
  },
): Promise<Result<TreeId>> {
  const { workspace } = run.ports;
  const { unit, attempt } = options;
  const tree = await workspace.treeOf(merge.merged);
  if (!tree.ok) return tree;
  const contents = new Map<string, FileContent>();
  const opened = await workspace.open(merge.merged, {
    name: `${unit.id}-${attempt}-locks-${merge.name}`,
    deps: "none",
  });
  if (!opened.ok) return opened;
  await using worktree = opened.value;
  const outDir = await run.ports.files.makeOutDir(unit.id, attempt);
  for (const path of merge.locks) {
    const failed = await makeAnew(run, options, { path, worktree, outDir });
    if (failed === undefined) continue;
    const union = lockToolOf(path)?.isUnion === true ? await unionOf(run, path, merge) : undefined;
    if (union === undefined) return err(failed);
    contents.set(path, { text: union });
  }
  const made = await worktree.commit("Lock files made anew");
  if (!made.ok) return made;
  if (made.value !== undefined) {
    const { commit, files } = made.value;
    for (const path of merge.locks)
      if (!contents.has(path) && files.includes(path)) contents.set(path, { from: commit });
  }
  return contents.size === 0 ? tree : await workspace.replaceFiles(tree.value, contents);
}

async function makeAnew(
  run: RunContext,
  { unit, signal }: ReduceAttempt,
  at: { readonly path: string; readonly worktree: Worktree; readonly outDir: string },
): Promise<Failure | undefined> {
  const network = run.state.plan.workspace.setup !== undefined;
  const script = lockToolOf(at.path)?.script?.(network);
  if (script === undefined)
    return failure("conflict", `no tool is known that makes ${at.path} anew`);
  const place = {
    unit: { ...unit, files: [at.path], env: {}, timeoutMs: toolMs },
    cwd: at.worktree.path,
    outDir: at.outDir,
    signal,
  };
  const outcome = await runCommandOf(run, place, {
    script: `cd -- "$(dirname -- "$1")" && ${script}`,
    network,
  });
  const failed = commandFailure(script, outcome, at.worktree.path);
  if (failed === undefined) return undefined;
  return failure(
    "conflict",
    `${at.path} is not merged as text, and making it anew failed: ${failed.message}`,
    {
      hint: network
        ? "run the command by hand on the merged manifests; or let one task alone change dependencies"
        : "it ran without network, since the plan has no workspace.setup; or let one task alone change dependencies",
      detail: failed.detail,
    },
  );
}

async function unionOf(
  run: RunContext,
  path: string,
  { ours, theirs }: { readonly ours: CommitId; readonly theirs: CommitId },
): Promise<string | undefined> {
  const left = await run.ports.workspace.textOf(`${ours}:${path}`);
  const right = await run.ports.workspace.textOf(`${theirs}:${path}`);
  return left.ok && right.ok ? unionOfLines(left.value ?? "", right.value ?? "") : undefined;
}
