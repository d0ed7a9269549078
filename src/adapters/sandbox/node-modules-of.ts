import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Folders inside node_modules that tools write to while they run; made by the linking of dependencies. */
const cacheNames: ReadonlySet<string> = new Set([".cache", ".vite", ".vite-temp"]);
const depthMax = 4;

/** The node_modules folders of a worktree (also of nested packages), and the caches in them that stay writable. */
export async function nodeModulesOf(
  root: string,
): Promise<{ readonly nodeModules: readonly string[]; readonly caches: readonly string[] }> {
  const nodeModules = await find(root, 0);
  const caches = await Promise.all(
    nodeModules.map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory() && cacheNames.has(entry.name))
        .map((entry) => join(folder, entry.name));
    }),
  );
  return { nodeModules, caches: caches.flat() };
}

async function find(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== ".git");
  const here = folders
    .filter((entry) => entry.name === "node_modules")
    .map((entry) => join(folder, entry.name));
  if (depth === depthMax) return here;
  const below = await Promise.all(
    folders
      .filter((entry) => entry.name !== "node_modules")
      .map((entry) => find(join(folder, entry.name), depth + 1)),
  );
  return [...here, ...below.flat()];
}
