import type { TreeId } from "../model/ids.ts";
import type { Worktree } from "../ports/workspace.ts";

/** What an agent's worktree holds; undefined: there is none, or it could not be kept. */
export async function snapshotOf(worktree: Worktree | undefined): Promise<TreeId | undefined> {
  const taken = await worktree?.snapshot();
  return taken?.ok === true ? taken.value : undefined;
}

/** Puts it back to what it held. */
export async function isRestored(worktree: Worktree | undefined, tree: string): Promise<boolean> {
  const restored = await worktree?.restore(tree as TreeId);
  return restored?.ok === true;
}
