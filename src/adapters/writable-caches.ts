/**
 * Folders inside node_modules that tools write to while they run. The sandbox mounts node_modules read-only, because
 * writing through a hard link would change the user's own file; these stay writable, as real folders of the worktree.
 */
export const writableCaches: ReadonlySet<string> = new Set([
  ".cache",
  ".tmp",
  ".vite",
  ".vite-temp",
  ".vitest",
]);
