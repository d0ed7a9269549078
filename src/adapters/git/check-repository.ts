import { realpath } from "node:fs/promises";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

export interface RepositoryFacts {
  /** Absolute path of the checkout's top level. */
  readonly top: string;
  /** Absolute path of the git directory that all worktrees share. */
  readonly commonDir: string;
}

/** Oldest git with `merge-tree --write-tree`. */
const oldest = { major: 2, minor: 38 };

/** Says in words what is wrong with the folder before anything else fails in git's. */
export async function checkRepository(git: Git, folder: string): Promise<Result<RepositoryFacts>> {
  const version = await git.try(["version"]);
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(version.stdout) ?? [];
  if (version.exitCode !== 0) {
    return err(
      failure("git", "git could not be started", {
        hint: "install git 2.38 or newer",
        detail: version.stderr,
      }),
    );
  }
  if (
    Number(major) < oldest.major ||
    (Number(major) === oldest.major && Number(minor) < oldest.minor)
  ) {
    return err(
      failure("git", `git ${major}.${minor} is too old`, {
        hint: "Skein merges in memory, which needs git 2.38",
      }),
    );
  }
  const where = await git.try([
    "rev-parse",
    "--is-bare-repository",
    "--path-format=absolute",
    "--git-common-dir",
  ]);
  if (where.exitCode !== 0) return err(notARepository(folder, where.stderr));
  const [bare, commonDir = ""] = where.stdout.trim().split("\n");
  if (bare === "true") {
    return err(
      failure("not-a-repository", `${folder} is a bare repository`, {
        hint: "clone it, and run in the clone",
      }),
    );
  }
  const top = await git.run(["rev-parse", "--path-format=absolute", "--show-toplevel"]);
  if (!top.ok) return top;
  const unborn = await git.try(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (unborn.exitCode !== 0) {
    return err(
      failure("not-a-repository", `${folder} has no commit yet`, {
        hint: "commit something first: a run starts from a commit",
      }),
    );
  }
  return ok({
    top: await realpath(top.value.replace(/\n$/, "")),
    commonDir: await realpath(commonDir),
  });
}

function notARepository(folder: string, said: string): ReturnType<typeof failure> {
  if (/dubious ownership/.test(said)) {
    return failure("not-a-repository", `git does not trust ${folder}: it belongs to another user`, {
      hint: `if you trust it: git config --global --add safe.directory ${folder}`,
    });
  }
  return failure("not-a-repository", `${folder} is not inside a git repository`, {
    hint: "run in a repository, or name one with --repo PATH",
  });
}
