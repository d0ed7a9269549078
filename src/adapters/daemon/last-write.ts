import { type FSWatcher, watch } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Not the person's own writing: git's data, what we keep, what package managers bring. */
const passedOver = new Set([".git", ".skein", "node_modules"]);
const entriesMax = 50_000;
const foldersMax = 1_000;

/** When a file of the repository was last written. Of a very large one, the part that is nearest to its top. */
export async function lastWrite(repo: string): Promise<number | undefined> {
  let newest: number | undefined;
  await walk(repo, async (path) => {
    const written = await lstat(path).then(
      (info) => info.mtimeMs,
      () => 0,
    );
    newest = Math.max(newest ?? 0, written);
  });
  return newest;
}

/** Calls when a file is written, until it is disposed of. */
export async function watchWrites(repo: string, onWrite: () => void): Promise<Disposable> {
  const watchers: FSWatcher[] = [];
  for (const folder of await walk(repo)) {
    try {
      watchers.push(
        watch(folder, { persistent: false }, (_, name) => {
          if (name === null || !passedOver.has(name)) onWrite();
        }),
      );
    } catch {
      // Gone meanwhile, or the system has no watches left: commands are seen all the same.
    }
  }
  return {
    [Symbol.dispose]: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Its folders, the first of them, breadth first. */
async function walk(
  repo: string,
  onFile: (path: string) => Promise<void> = async () => undefined,
): Promise<readonly string[]> {
  const folders = [repo];
  let seen = 0;
  for (let at = 0; at < folders.length && seen < entriesMax; at += 1) {
    const folder = folders[at] ?? repo;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (passedOver.has(entry.name)) continue;
      seen += 1;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) await onFile(path);
    }
  }
  return folders.slice(0, foldersMax);
}
