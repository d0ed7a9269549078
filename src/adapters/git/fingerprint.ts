import { readdirSync, lstatSync } from "node:fs";
import { join } from "node:path";

/**
 * A worktree's state as far as the file system tells without reading files: inode, size and change time of everything
 * but `.git` and `node_modules`. Change time cannot be set back by a program, so equal means untouched; it saves a git
 * process for the many units that only look. Synchronous: a small tree takes less than a promise per file would.
 */
export function fingerprintOf(root: string): string {
  const parts: string[] = [];
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === ".git" || entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      const { ino, size, ctimeMs, mode } = lstatSync(path);
      // A folder's own times move when caches inside it come and go; what matters is which entries it has.
      parts.push(
        entry.isDirectory() ? `${path}/${mode}` : `${path}:${ino}:${size}:${ctimeMs}:${mode}`,
      );
      if (entry.isDirectory()) folders.push(path);
    }
  }
  return parts.join("\n");
}
