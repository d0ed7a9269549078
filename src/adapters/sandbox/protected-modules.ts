import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { writableCaches } from "../writable-caches.ts";

/** The node_modules folders of a worktree, also of nested packages, and the caches in them that stay writable. */
export interface ProtectedModules {
  readonly folders: readonly string[];
  readonly caches: readonly string[];
}

interface Known extends ProtectedModules {
  readonly inodes: readonly (bigint | undefined)[];
}

/** Worktrees remembered; the oldest is looked through again when there are more. */
const knownMax = 256;

/**
 * Finds what the sandbox must mount read-only, and remembers it: looking through 5,000 files takes 5 ms a command.
 *
 * A command can move a package's folder, and its node_modules with it, to where nobody expects it. Then a folder is
 * missing from its place (it cannot be in two, and nothing can be linked out of a read-only mount), and the whole
 * worktree is looked through again. For this to hold, one worktree's commands must not overlap.
 */
export function createModuleFinder(): (worktree: string) => ProtectedModules {
  const known = new Map<string, Known>();
  return (worktree) => {
    const before = known.get(worktree);
    if (before !== undefined && isInPlace(before)) return before;
    const folders = findModules(worktree);
    const found = { folders, caches: folders.flatMap(cachesIn), inodes: folders.map(inodeOf) };
    known.delete(worktree);
    known.set(worktree, found);
    const [oldest] = known.keys();
    if (known.size > knownMax && oldest !== undefined) known.delete(oldest);
    return found;
  };
}

function isInPlace(known: Known): boolean {
  return known.folders.every((folder, index) => inodeOf(folder) === known.inodes[index]);
}

function inodeOf(path: string): bigint | undefined {
  return lstatSync(path, { bigint: true, throwIfNoEntry: false })?.ino;
}

function findModules(root: string): readonly string[] {
  const found: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (!entry.isDirectory() || entry.name === ".git") continue;
      (entry.name === "node_modules" ? found : folders).push(join(folder, entry.name));
    }
  }
  return found;
}

function cachesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && writableCaches.has(entry.name))
    .map((entry) => join(folder, entry.name));
}
