import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";

import { type Failure, failure } from "../../model/failure.ts";
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
  const tooOld = version.exitCode === 0 ? oldGit(version.stdout) : gitMissing(version.stderr);
  if (tooOld !== undefined) return err(tooOld);

  const where = await git.try([
    "rev-parse",
    "--is-bare-repository",
    "--path-format=absolute",
    "--git-common-dir",
  ]);
  if (where.exitCode !== 0) return err(notARepository(folder, where.stderr));
  const [bare, ...path] = where.stdout.replace(/\n$/, "").split("\n");
  if (bare === "true") {
    return err(
      failure("not-a-repository", `${folder} is a bare repository`, {
        hint: "clone it, and run in the clone",
      }),
    );
  }
  const shown = await git.run(["rev-parse", "--path-format=absolute", "--show-toplevel"]);
  if (!shown.ok) return err(notARepository(folder, shown.error.message));
  const top = await realpath(shown.value.replace(/\n$/, ""));
  const isOwn = isInside(await realpath(folder), top) && existsSync(join(top, ".git"));
  if (!isOwn) return err(worktreeElsewhere(folder, top));

  const head = await git.try(["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  if (head.exitCode !== 0) {
    return err(
      failure("not-a-repository", `${folder} has no commit yet`, {
        hint: "commit something first: a run starts from a commit",
      }),
    );
  }
  return ok({ top, commonDir: await realpath(path.join("\n")) });
}

function oldGit(version: string): Failure | undefined {
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const isOld =
    Number(major) < oldest.major ||
    (Number(major) === oldest.major && Number(minor) < oldest.minor);
  return isOld
    ? failure("git", `git ${major}.${minor} is too old`, {
        hint: `Skein merges in memory, which needs git ${oldest.major}.${oldest.minor}`,
      })
    : undefined;
}

function gitMissing(detail: string): Failure {
  return failure("git", "git could not be started", {
    hint: `install git ${oldest.major}.${oldest.minor} or newer`,
    detail,
  });
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** `core.worktree` in a repository's configuration can name any folder of the machine. */
function worktreeElsewhere(folder: string, top: string): Failure {
  return failure("not-a-repository", `the repository at ${folder} has its files in ${top}`, {
    hint: "run in that folder, or remove core.worktree from the repository's configuration",
  });
}

function notARepository(folder: string, said: string): Failure {
  if (/dubious ownership/.test(said)) {
    return failure("not-a-repository", `git does not trust ${folder}: it belongs to another user`, {
      hint: `if you trust it: git config --global --add safe.directory ${folder}`,
    });
  }
  if (/must be run in a work tree/.test(said)) {
    return failure("not-a-repository", `${folder} is a git directory, not a checkout`, {
      hint: "run in the checkout it belongs to",
    });
  }
  return failure("not-a-repository", `${folder} is not inside a git repository`, {
    hint: "run in a repository, or name one with --repo PATH",
  });
}
