import { existsSync } from "node:fs";
import { lstat, readdir, rename, rmdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { unitSlug } from "../../core/plan/unit-slug.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "../git/git.ts";
import { hasWorktreesOf, removeLeftWorktrees, removeUnitWorktrees } from "../git/left-worktrees.ts";
import { removeTree } from "../git/remove-tree.ts";
import { claimRun } from "../run-owner.ts";
import type { StoredRun } from "../stored-runs.ts";

export interface RunToDrop extends StoredRun {
  /** Bytes that its journal had when it was judged. */
  readonly journalBytes: number;
  /** What its branch points to, unless a person has worked on it since. */
  readonly commit: string | undefined;
  /** Units that each had a repository of its own, and a folder for their worktrees there. */
  readonly batchUnits: readonly UnitId[];
}

export interface DroppedRun {
  /** What the branch was, when one was removed. */
  readonly branchWas: string | undefined;
  /** Why the branch is still there. */
  readonly branchStays: string | undefined;
}

/** Where the run's repository is; undefined for batch runs that were started outside of any. */
export interface GitPlace {
  readonly git: Git;
  readonly commonDir: string;
}

/**
 * Removes a run that nobody wants any more: its worktrees, which can be made anew when nothing else could be removed, its branch, its
 * refs, and at last its folder, so that one that was cut off half way is still there to be removed. Nobody can go on with it meanwhile:
 * it belongs to this process. Undefined: another clean was faster.
 */
export async function dropRun(
  run: RunToDrop,
  at: { readonly place: GitPlace | undefined; readonly worktrees: string },
): Promise<Result<DroppedRun | undefined>> {
  const claimed = await claimRun(run.folder);
  if (!claimed.ok) return existsSync(run.folder) ? err(notOurs(run, claimed.error)) : ok(undefined);
  const info = await lstat(join(run.folder, "journal.jsonl")).catch(() => undefined);
  if ((info?.size ?? 0) !== run.journalBytes)
    return err(failure("busy", `run ${run.id} went on meanwhile; it stays`));
  const cleared = await dropWorktrees(run, at);
  if (!cleared.ok) return cleared;
  let branch: DroppedBranch = { was: undefined };
  if (at.place !== undefined) {
    const dropped = await dropBranch(at.place.git, run);
    if (!dropped.ok) return dropped;
    branch = dropped.value;
    const refs = await dropRefs(at.place.git, `refs/skein/${run.id}/`);
    if (!refs.ok) return refs;
  }
  const gone = await dropFolder(run);
  return gone.ok ? ok({ branchWas: branch.was, branchStays: branch.stays }) : gone;
}

/** Nobody was at work on it when it was judged. */
function notOurs({ id }: StoredRun, error: Failure): Failure {
  if (error.kind !== "busy") return error;
  return failure("busy", `another skein clean, or who goes on with it, has run ${id} by now`, {
    hint: "skein runs tells what became of it",
  });
}

/** What became of a run's branch. */
interface DroppedBranch {
  readonly was: string | undefined;
  readonly stays?: string;
}

/** By git's own command, which forgets what was set for the branch, too. One that a person works on, or has, stays theirs. */
async function dropBranch(git: Git, { id, commit }: RunToDrop): Promise<Result<DroppedBranch>> {
  const name = `skein/${id}`;
  const format = "--format=%(objectname) %(worktreepath)";
  const found = await git.run(["for-each-ref", format, `refs/heads/${name}`]);
  if (!found.ok) return found;
  const [, is, worktree = ""] = /^(\S+) (.*)\n$/s.exec(found.value) ?? [];
  if (is === undefined) return ok({ was: undefined });
  if (is !== commit)
    return ok({ was: undefined, stays: `${name} holds something else by now; it stays` });
  if (worktree !== "")
    return ok({ was: undefined, stays: `${name} is checked out in ${worktree}; it stays` });
  const dropped = await git.run(["branch", "--delete", "--force", "--", name]);
  return dropped.ok ? ok({ was: commit }) : dropped;
}

async function dropRefs(git: Git, below: string): Promise<Result<void>> {
  const listed = await git.run(["for-each-ref", "--format=delete %(refname) %(objectname)", below]);
  if (!listed.ok) return listed;
  if (listed.value === "") return ok(undefined);
  const dropped = await git.run(["update-ref", "--no-deref", "--stdin"], { input: listed.value });
  return dropped.ok ? ok(undefined) : dropped;
}

/**
 * A name in this repository's folder could be that of another one's run: only worktrees of this repository, and folders of units that
 * this run had, are its own. An error when one is still there.
 */
async function dropWorktrees(
  { id, batchUnits }: RunToDrop,
  { place, worktrees }: { readonly place: GitPlace | undefined; readonly worktrees: string },
): Promise<Result<void>> {
  const slugs = new Set(batchUnits.map((unit) => unitSlug(unit)));
  const names = await readdir(worktrees).catch(() => []);
  const own = names.filter((name) => slugs.has(name)).map((name) => join(worktrees, name));
  if (place !== undefined && (await hasWorktreesOf(place.commonDir, worktrees))) {
    own.push(worktrees);
    await removeLeftWorktrees(place.commonDir, worktrees);
  } else for (const path of own) await removeUnitWorktrees(path);
  await rmdir(worktrees).catch(() => undefined);
  const left = own.find((path) => existsSync(path));
  if (left === undefined) return ok(undefined);
  return err(
    failure("io", `${left} could not be removed whole; run ${id} stays`, {
      hint: "skein clean removes both once it can: see whose files are in there, and that nothing is mounted",
    }),
  );
}

/** At once out of the way of whoever lists runs; what is left of it when this is killed, the next clean removes. */
async function dropFolder({ id, folder }: StoredRun): Promise<Result<void>> {
  const away = join(dirname(folder), doomedNameOf(id));
  try {
    await rename(folder, away);
  } catch (error) {
    return err(failure("io", `${folder} cannot be removed: ${(error as Error).message}`));
  }
  await removeTree(away);
  const isLeft = (await lstat(away).catch(() => undefined)) !== undefined;
  return isLeft ? err(failure("io", `${away} could not be removed whole`)) : ok(undefined);
}

function doomedNameOf(id: string): string {
  return `.${id}-${process.pid}`;
}

/** Whether a name in the folder of runs is that of one that was on its way out. */
export function isDoomed(path: string): boolean {
  return /^\.\d{6}-\d{6}-[a-z0-9]+-\d+$/.test(basename(path));
}
