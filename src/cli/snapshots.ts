import type { TreeId } from "../model/ids.ts";
import type { KeptTrees } from "../model/question.ts";
import type { AskingAgent } from "../ports/questions.ts";
import type { Worktree } from "../ports/workspace.ts";

type OutDir = Pick<AskingAgent["contract"], "outDir">;

/** What an agent's worktree and output folder hold; undefined: there is no worktree, or they could not be kept. */
export async function snapshotOf(
  worktree: Worktree | undefined,
  { outDir }: OutDir,
): Promise<KeptTrees | undefined> {
  const taken = await worktree?.snapshot(outDir);
  return taken?.ok === true ? taken.value : undefined;
}

/** Puts them back to what they held. */
export async function isRestored(
  worktree: Worktree | undefined,
  { tree, out }: KeptTrees,
  { outDir }: OutDir,
): Promise<boolean> {
  const snapshot = { tree: tree as TreeId, out: out as TreeId | undefined };
  const restored = await worktree?.restore(snapshot, outDir);
  return restored?.ok === true;
}
