import type { TextFile } from "./file-content.ts";
import type { NamedPath } from "./path-refusal.ts";

/** What an agent has seen of files, so that it never changes one it does not know as it is. */
export interface SeenFiles {
  /** The agent was shown the file, or wrote it. */
  readonly note: (path: NamedPath, hash: string) => void;
  /** Why the agent must look first: it never has, or the file is another one since. */
  readonly refusal: (path: NamedPath, now: TextFile) => string | undefined;
  /** What was noted since this was last asked: hashes by real path. */
  readonly take: () => Readonly<Record<string, string>>;
  /** What an earlier agent had seen. */
  readonly restore: (seen: Readonly<Record<string, string>>) => void;
}

export function createSeenFiles(): SeenFiles {
  const hashes = new Map<string, string>();
  let fresh = new Map<string, string>();
  return {
    note: ({ real }, hash) => {
      hashes.set(real, hash);
      fresh.set(real, hash);
    },
    take: () => {
      const taken = Object.fromEntries(fresh);
      fresh = new Map();
      return taken;
    },
    restore: (seen) => {
      for (const [path, hash] of Object.entries(seen)) hashes.set(path, hash);
    },
    refusal: ({ named, real }, { hash }) => {
      const seen = hashes.get(real);
      if (seen === hash) return undefined;
      return seen === undefined
        ? `${named} was not changed: you have not read it. Read it first, then make the change.`
        : `${named} was not changed: it is no longer as you read it (a command or another program changed it). Read it again, then make the change.`;
    },
  };
}
