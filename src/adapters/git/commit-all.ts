import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Patch } from "../../model/unit.ts";
import type { NewCommit } from "./commit-writer.ts";
import type { Git, GitOptions } from "./git.ts";
import { patchDiff, readChanges } from "./patch.ts";
import { plantedRepositories } from "./planted-repositories.ts";
import { refusedChange } from "./refused-change.ts";

export interface CommitPlace {
  readonly git: Git;
  readonly commit: (commit: NewCommit) => Promise<Result<CommitId>>;
  readonly path: string;
  /** Git's own folder of this worktree is named outright: what ran inside could have replaced its `.git` file. */
  readonly at: GitOptions;
}

/** Commits everything that changed in a worktree on top of its base; undefined when nothing that git tracks did. */
export async function commitAll(
  place: CommitPlace,
  base: CommitId,
  message: string,
): Promise<Result<Patch | undefined>> {
  const { git, at } = place;
  const staged = await stageAll(place);
  if (!staged.ok) return err(nestedRepository(staged.error.message) ?? staged.error);
  const diff = await git.run(
    ["diff-index", "--cached", ...patchDiff, "--raw", "--numstat", base],
    at,
  );
  if (!diff.ok) return diff;
  const { entries, ...change } = readChanges(diff.value);
  if (entries.length === 0) return ok(undefined);
  const refused = await refusedChange(place, entries);
  if (refused !== undefined) return err(refused);
  const tree = await git.run(["write-tree"], at);
  if (!tree.ok) return tree;
  const commit = await place.commit({
    tree: tree.value.trim() as TreeId,
    parents: [base],
    message,
  });
  return commit.ok ? ok({ base, commit: commit.value, ...change }) : commit;
}

/** Takes everything that a patch may carry into the index; with `--force`, ignored files as well. */
export async function stageAll(
  place: Omit<CommitPlace, "commit">,
  ...force: readonly "--force"[]
): Promise<Result<string>> {
  const { git, at } = place;
  const planted = await plantedRepositories(place);
  if (!planted.ok) return planted;
  const except = planted.value;
  if (except.length === 0) return git.run(["add", "--all", ...force, "--", "."], at);
  const excluded = except.map((path) => `:(top,exclude,literal)${path}`);
  return git.run(["add", "--all", ...force, "--", ".", ...excluded], {
    ...at,
    env: { ...at.env, GIT_LITERAL_PATHSPECS: "0" },
  });
}

/** A repository without commits inside the worktree: git has no words for it but these. */
function nestedRepository(said: string): ReturnType<typeof failure> | undefined {
  const [, path] = /'(.+?)\/?' does not have a commit checked out/.exec(said) ?? [];
  return path === undefined
    ? undefined
    : failure("out-of-scope", `${path} is a git repository of its own; a patch cannot carry it`);
}
