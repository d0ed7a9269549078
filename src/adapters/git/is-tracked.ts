import { createGit } from "./git.ts";

/** Whether a path came with the repository: then its author wrote it, not this machine. */
export async function isTracked(repo: string, path: string): Promise<boolean> {
  const found = await createGit(repo).try(["ls-files", "--error-unmatch", "--", path]);
  return found.exitCode === 0;
}
