import { createGit } from "./git.ts";
import { localProgramOverrides } from "./local-programs.ts";

/** Longest that git may look, in milliseconds. */
const lookMs = 1_000;

/**
 * How many tracked files differ from HEAD in a person's checkout. 0 also when git cannot say soon, and where the repository's own
 * configuration names programs: git would run them to tell.
 */
export async function countUncommitted(repo: string): Promise<number> {
  const git = createGit(repo);
  const programs = await localProgramOverrides(git);
  if (!programs.ok || Object.keys(programs.value).length > 0) return 0;
  const changed = ["--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"];
  const told = await git.try(["status", ...changed, "--ignore-submodules=all"], {
    timeoutMs: lookMs,
  });
  return told.exitCode === 0 ? told.stdout.split("\0").filter((entry) => entry !== "").length : 0;
}
