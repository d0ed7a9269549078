import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { locationOf } from "../../core/repos/location-of.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import type { RepoAddress } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { createGit, type Git } from "../git/git.ts";
import { gitFor, reach, type RetryOptions } from "../git/remote.ts";
import { removeTree } from "../git/remove-tree.ts";

export interface CloneOptions {
  /** Such as `blob:none`; the files of the commit itself are fetched all the same. */
  readonly filter?: string;
  /** Commits from the tip; undefined: the whole history. */
  readonly depth?: number;
  /** Repositories of one host that are asked for or fetched at a time; default 4. */
  readonly perHost?: number;
}

export interface MirrorAt {
  /** Top of the mirror. */
  readonly path: string;
  readonly address: RepoAddress;
  readonly clone: CloneOptions;
  readonly retry: RetryOptions;
}

/** A commit, and what the server calls it. */
export interface Wanted {
  readonly commit: CommitId;
  readonly ref?: string;
}

export interface MadeMirror {
  readonly git: Git;
  /** Nothing was ever fetched into it. */
  readonly isNew: boolean;
}

/** Of git's, that a killed process left or somebody put there. Whoever holds the mirror's lock alone writes them. */
const leftovers = ["hooks", "info", "index", "config.worktree"];
const locks = ["config.lock", "HEAD.lock", "shallow.lock"];

/**
 * Makes a repository that never had hooks, attributes or a checkout, or brings one back to that: its configuration is
 * written anew each time, so that nothing somebody left in it is obeyed.
 */
export async function makePristine({
  path,
  clone,
  address,
}: MirrorAt): Promise<Result<MadeMirror>> {
  const gitDir = join(path, ".git");
  const isNew = !existsSync(join(gitDir, "HEAD"));
  await mkdir(gitDir, { recursive: true, mode: 0o700 });
  for (const name of [...leftovers, ...locks]) await removeTree(join(gitDir, name));
  // Under a name of its own first: worktrees of another run read it meanwhile.
  const config = join(gitDir, "config");
  await writeFile(`${config}.new`, configOf(clone, address));
  await rename(`${config}.new`, config);
  const git = createGit(path);
  const made = await git.run(["init", "--quiet", "--template=", "--initial-branch=skein-mirror"]);
  return made.ok ? ok({ git, isNew }) : made;
}

function configOf({ filter }: CloneOptions, address: RepoAddress): string {
  const url = JSON.stringify(locationOf(address));
  return [
    "[core]",
    "\trepositoryformatversion = 0",
    "\tbare = false",
    "\tlogallrefupdates = false",
    '[remote "origin"]',
    `\turl = ${url}`,
    // Otherwise git takes what a filter left out for lost.
    ...(filter === undefined ? [] : ["\tpromisor = true", `\tpartialclonefilter = ${filter}`]),
    "",
  ].join("\n");
}

/** What the commit's own tree is made of and the mirror has not; undefined: not even the commit. */
async function missingOf(git: Git, commit: CommitId): Promise<readonly string[] | undefined> {
  const args = [
    "rev-list",
    "--objects",
    "--missing=print",
    "--no-walk",
    `${commit}^{commit}`,
    "--",
  ];
  const listed = await git.try(args);
  if (listed.exitCode !== 0) return undefined;
  return listed.stdout.split("\n").flatMap((line) => (line.startsWith("?") ? [line.slice(1)] : []));
}

/** Whether the history behind a commit is as long as it is asked for. */
async function isDeepEnough(
  { path, clone }: MirrorAt,
  git: Git,
  commit: CommitId,
): Promise<boolean> {
  if (!existsSync(join(path, ".git", "shallow"))) return true;
  if (clone.depth === undefined) return false;
  const args = ["rev-list", "--count", "--first-parent", `--max-count=${clone.depth}`, commit];
  const counted = await git.try(args);
  return Number(counted.stdout) >= clone.depth;
}

/** Has the mirror hold a commit with all its files. No network when it does. True: something was fetched. */
export async function fetchCommit(
  at: MirrorAt,
  { git, isNew }: MadeMirror,
  wanted: Wanted,
): Promise<Result<boolean>> {
  const before = isNew ? undefined : await missingOf(git, wanted.commit);
  const isDeep = before !== undefined && (await isDeepEnough(at, git, wanted.commit));
  if (before?.length === 0 && isDeep) return ok(false);
  if (!isDeep) {
    const fetched = await fetchTip(at, git, wanted);
    if (!fetched.ok) return fetched;
  }
  const missing = (await missingOf(git, wanted.commit)) ?? [wanted.commit];
  if (missing.length === 0) return ok(true);
  const complete = await fetchObjects(at, missing);
  if (!complete.ok) return complete;
  const left = await missingOf(git, wanted.commit);
  return left?.length === 0
    ? ok(true)
    : err(failure("git", `the server does not give all of ${wanted.commit.slice(0, 12)}`));
}

const quietly = "--quiet --no-tags --no-write-fetch-head --no-recurse-submodules --force".split(
  " ",
);

/** By the branch's name, since not every server gives a bare commit; and then by the commit, since the branch may move. */
async function fetchTip(at: MirrorAt, git: Git, { commit, ref }: Wanted): Promise<Result<string>> {
  const { address, clone, path, retry } = at;
  const isShallow = existsSync(join(path, ".git", "shallow"));
  const depth = clone.depth === undefined ? ["--unshallow"] : [`--depth=${clone.depth}`];
  const how = [
    ...(clone.depth === undefined && !isShallow ? [] : depth),
    ...(clone.filter === undefined ? [] : [`--filter=${clone.filter}`]),
  ];
  const target = `refs/skein-base/${commit}`;
  const by = (source: string): Promise<Result<string>> => {
    const args = ["fetch", ...quietly, ...how, "origin", `+${source}:${target}`];
    return reach(gitFor(address, path), args, { retry });
  };
  if (ref !== undefined) {
    const fetched = await by(ref);
    if (!fetched.ok) return fetched;
    const got = await git.try(["rev-parse", "--verify", "--quiet", `${target}^{commit}`]);
    if (got.stdout.trim() === commit) return fetched;
  }
  return by(commit);
}

async function fetchObjects(
  { address, path, retry }: MirrorAt,
  missing: readonly string[],
): Promise<Result<string>> {
  const settings = ["-c", "fetch.negotiationAlgorithm=noop"];
  const args = [...settings, "fetch", ...quietly, "--no-filter", "--stdin", "origin"];
  return reach(gitFor(address, path), args, { retry, input: `${missing.join("\n")}\n` });
}
