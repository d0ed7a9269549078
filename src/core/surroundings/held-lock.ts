import { type Failure, failure } from "../../model/failure.ts";

/** How long to wait before each further try at a lock that another git holds, in milliseconds: six seconds in all. */
export const lockWaitsMs: readonly number[] = [50, 100, 200, 400, 800, 1_600, 3_000];

/** The lock file that kept git from its work: its absolute path, out of what it said on standard error. */
export function heldLock(stderr: string): string | undefined {
  return /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1];
}

/**
 * A lock that was not given up. That of the repository's own index and refs is held by somebody else, and holds up all units;
 * one of a worktree's is a matter of that worktree.
 */
export function lockTrouble(path: string): Failure {
  const kind = path.includes("/worktrees/") ? "git" : "environment";
  return failure(kind, `another git process holds ${path}`, {
    hint: "wait until it has ended; when no git is at work there, it was killed: remove that file, then go on with skein resume",
  });
}
