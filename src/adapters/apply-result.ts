import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { execa } from "execa";

import { type Failure, failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import { createGit, type Git } from "./git/git.ts";

export interface ApplyOptions {
  /** Top level of the user's checkout. */
  readonly repo: string;
  /** What was verified: not whatever the branch points to by now. */
  readonly commit: string;
  /** For the merge's message and for people. */
  readonly branch: string;
}

export interface Applied {
  readonly how: "already" | "fast-forward" | "merge";
  /** The current branch. */
  readonly onto: string;
  readonly files: number;
}

/**
 * Brings a commit into the current branch, or changes nothing at all: whatever could stop the merge half-way is found
 * out before it begins, conflicts by merging in memory. Work in files that the result does not touch stays as it is.
 */
export async function applyResult(options: ApplyOptions): Promise<Result<Applied>> {
  const { commit, repo } = options;
  const git = createGit(repo);
  const onto = await currentBranch(git);
  if (!onto.ok) return onto;
  const exists = await git.try(["cat-file", "-e", `${commit}^{commit}`]);
  if (exists.exitCode !== 0) return err(goneFailure(options));
  if (await isAncestor(git, commit, "HEAD")) {
    return ok({ how: "already", onto: onto.value, files: 0 });
  }
  const how = (await isAncestor(git, "HEAD", commit)) ? "fast-forward" : "merge";
  const changed = how === "merge" ? await mergedChanges(git, options) : await changes(git, commit);
  if (!changed.ok) return changed;
  // Squashed, rebased or picked: there is nothing left to bring.
  if (how === "merge" && changed.value.length === 0)
    return ok({ how: "already", onto: onto.value, files: 0 });
  const inTheWay = await obstacles(git, { repo, changed: changed.value, how });
  if (inTheWay !== undefined) return err(inTheWay);
  const failed = await merge(options, how);
  if (failed !== undefined) return err(failed);
  return ok({ how, onto: onto.value, files: changed.value.length });
}

async function currentBranch(git: Git): Promise<Result<string>> {
  const branch = await git.try(["symbolic-ref", "--short", "--quiet", "HEAD"]);
  if (branch.exitCode !== 0) {
    return err(
      failure("usage", "HEAD is detached: there is no current branch to bring the result into", {
        hint: "switch to a branch first, with git switch",
      }),
    );
  }
  for (const [ref, what] of unfinished) {
    const found = await git.try(["rev-parse", "--verify", "--quiet", ref]);
    if (found.exitCode === 0) {
      return err(
        failure("usage", `a ${what} is under way in this checkout`, {
          hint: `finish it, or end it with git ${what} --abort`,
        }),
      );
    }
  }
  return ok(branch.stdout.trim());
}

const unfinished = [
  ["MERGE_HEAD", "merge"],
  ["CHERRY_PICK_HEAD", "cherry-pick"],
  ["REVERT_HEAD", "revert"],
  ["REBASE_HEAD", "rebase"],
] as const;

function goneFailure({ branch, commit }: ApplyOptions): Failure {
  return failure("git", `the result ${commit.slice(0, 10)} is not in this repository any more`, {
    hint: `was ${branch} deleted and collected, or is this another clone?`,
  });
}

async function isAncestor(git: Git, older: string, newer: string): Promise<boolean> {
  return (await git.try(["merge-base", "--is-ancestor", older, newer])).exitCode === 0;
}

interface Change {
  readonly path: string;
  readonly isNew: boolean;
}

/** What will be different in the checkout. */
async function changes(git: Git, tree: string): Promise<Result<readonly Change[]>> {
  const diff = await git.run([
    "diff-tree",
    "-r",
    "-z",
    "--no-renames",
    "--name-status",
    "HEAD",
    tree,
  ]);
  if (!diff.ok) return diff;
  const fields = diff.value.split("\0");
  return ok(
    fields.flatMap((status, index) => {
      const path = fields[index + 1];
      return index % 2 === 0 && path !== undefined && status !== ""
        ? [{ path, isNew: status === "A" }]
        : [];
    }),
  );
}

/** Merges in memory first: a conflict is told without a single file of the checkout having been touched. */
async function mergedChanges(
  git: Git,
  { commit, branch }: ApplyOptions,
): Promise<Result<readonly Change[]>> {
  const merged = await git.try(["merge-tree", "--write-tree", "--name-only", "-z", "HEAD", commit]);
  const [tree = "", ...rest] = merged.stdout.split("\0");
  if (merged.exitCode === 0) return changes(git, tree.trim());
  const files = rest.slice(0, rest.indexOf(""));
  if (merged.exitCode !== 1) {
    return err(failure("git", `the result cannot be merged: ${merged.stderr.trim()}`));
  }
  return err(
    failure("conflict", `the result conflicts with your branch; nothing was changed`, {
      hint: `settle it by hand: git merge ${branch}`,
      detail: list(files),
    }),
  );
}

/** Work of the user's that the merge would meet. */
async function obstacles(
  git: Git,
  at: { readonly repo: string; readonly changed: readonly Change[]; readonly how: Applied["how"] },
): Promise<Failure | undefined> {
  // The option beats .gitmodules, which could have git run inside a nested repository.
  const status = await git.run([
    "status",
    "--porcelain=v1",
    "-z",
    "--no-renames",
    "--ignore-submodules=all",
  ]);
  if (!status.ok) return status.error;
  const entries = status.value.split("\0").filter((entry) => entry !== "");
  const dirty = new Set(entries.filter((entry) => !entry.startsWith("??")).map((e) => e.slice(3)));
  const met = at.changed.filter(({ path }) => dirty.has(path)).map(({ path }) => path);
  if (met.length > 0) {
    return failure("usage", "you have changes in files that the result changes too", {
      hint: "commit or stash them first",
      detail: list(met),
    });
  }
  const staged = entries.filter((entry) => !" ?".includes(entry[0] ?? " "));
  if (at.how === "merge" && staged.length > 0) {
    return failure("usage", "you have staged changes, and the result needs a merge commit", {
      hint: "commit or unstage them first",
      detail: list(staged.map((entry) => entry.slice(3))),
    });
  }
  const covered = await existing(at.repo, at.changed);
  return covered.length === 0
    ? undefined
    : failure("usage", "files that git does not track are where the result has files of its own", {
        hint: "move them away first",
        detail: list(covered),
      });
}

/** Git overwrites files it was told to ignore without a word; they may be all there is of somebody's work. */
async function existing(repo: string, changed: readonly Change[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { path } of changed.filter((change) => change.isNew)) {
    const there = await lstat(join(repo, path)).then(
      () => true,
      () => false,
    );
    if (there) found.push(path);
  }
  return found;
}

/** The one command that writes. It is the user's own merge: their hooks, their signing key, their identity. */
async function merge(
  { repo, commit, branch }: ApplyOptions,
  how: Applied["how"],
): Promise<Failure | undefined> {
  const args =
    how === "fast-forward"
      ? ["merge", "--ff-only", "--quiet", commit]
      : ["merge", "--no-ff", "--no-edit", "--quiet", "-m", `Merge ${branch}`, commit];
  const run = (list: readonly string[]): Promise<{ exitCode?: number; stderr: string }> =>
    execa("git", list, {
      cwd: repo,
      env: ownEnvironment(),
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    });
  const done = await run(args);
  if (done.exitCode === 0) return undefined;
  // A hook may have refused after the merge was laid out; where there is nothing to end, git says so and does nothing.
  await run(["merge", "--abort"]);
  return failure("git", "git did not merge the result; nothing was changed", {
    hint: `try it by hand: git merge ${branch}`,
    detail: done.stderr.trim().split("\n").slice(-10).join("\n"),
  });
}

/** The user's environment, less what would point git elsewhere or make it wait for an answer. */
function ownEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ||
    /^GIT_(DIR|WORK_TREE|INDEX_FILE|OBJECT_|NAMESPACE|PREFIX|COMMON_DIR)/.test(name)
      ? []
      : [[name, value] as const],
  );
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: "0", GIT_MERGE_AUTOEDIT: "no" };
}

function list(paths: readonly string[]): string {
  const more = paths.length > 10 ? [`and ${paths.length - 10} more`] : [];
  return [...paths.slice(0, 10), ...more].join("\n");
}
