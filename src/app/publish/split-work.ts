import { splitWish } from "../../core/publish/split-wish.ts";
import { groupByPackage } from "../../core/shard/group-by-package.ts";
import type { PublishTarget, PublishWish } from "../../model/publish.ts";
import { ok, type Result } from "../../model/result.ts";
import type { FileContent, Workspace } from "../../ports/workspace.ts";

export type Work = Pick<PublishTarget, "base" | "commit">;

/** What goes out as one branch. */
export interface Share {
  readonly wish: PublishWish;
  readonly work: Work;
  /** Folder of the package; undefined: it is all of the work. */
  readonly package?: string;
}

/**
 * A unit's work as its plan wants it published: whole, or by package, each share a commit of its own on the base. The same work
 * gives the same commits, so whoever does it once more finds what is there already.
 */
export async function sharesOf(
  workspace: Workspace,
  wish: PublishWish,
  work: Work,
): Promise<Result<readonly Share[]>> {
  if (wish.split === undefined) return ok([{ wish, work }]);
  const { base, commit } = work;
  const patch = await workspace.patchOf(base, commit);
  if (!patch.ok) return patch;
  const before = await workspace.listFiles(base);
  if (!before.ok) return before;
  const after = await workspace.listFiles(commit);
  if (!after.ok) return after;
  const there = new Set(after.value);
  const packages = groupByPackage(patch.value.files, [...before.value, ...after.value]);
  const folders = packages.map(({ name }) => name);
  const tree = await workspace.treeOf(base);
  if (!tree.ok) return tree;
  const shares: Share[] = [];
  for (const { name, files } of packages) {
    const contents = files.map((file): readonly [string, FileContent] => [
      file,
      there.has(file) ? { from: commit } : { isGone: true },
    ]);
    const own = splitWish(wish, name, folders);
    const share = await workspace.replaceFiles(tree.value, new Map(contents));
    if (!share.ok) return share;
    const made = await workspace.commitTree(share.value, { parents: [base], message: own.title });
    if (!made.ok) return made;
    shares.push({ wish: own, work: { base, commit: made.value }, package: name });
  }
  return ok(shares);
}
