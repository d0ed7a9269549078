import { createGit } from "./git.ts";

/** Whether a path came with the repository: then its author wrote it, not this machine. */
export async function isTracked(repo: string, path: string): Promise<boolean> {
  const found = await createGit(repo).try(["ls-files", "--error-unmatch", "--", path]);
  return found.exitCode === 0;
}

/** All such paths below a folder, from there on. */
export async function trackedBelow(repo: string, folder: string): Promise<ReadonlySet<string>> {
  const found = await createGit(repo).try(["ls-files", "-z", "--", folder]);
  if (found.exitCode !== 0) throw new Error(`git cannot say what it tracks: ${found.stderr}`);
  const start = `${folder}/`;
  return new Set(
    found.stdout.split("\0").flatMap((path) => {
      const at = path.indexOf(start);
      return at === -1 ? [] : [path.slice(at + start.length)];
    }),
  );
}
