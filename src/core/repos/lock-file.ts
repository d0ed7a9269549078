import * as z from "zod";

import type { CommitId } from "../../model/ids.ts";
import type { Repo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";

const locked = z.strictObject({
  base: z.string().optional(),
  commit: z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/, "a full commit hash"),
});
const lockSchema = z.strictObject({
  version: z.literal(1),
  repos: z.record(z.string(), locked),
});

/** Exact commits by the keys of repositories. */
export type RepoLock = ReadonlyMap<string, z.output<typeof locked>>;

export function parseLock(text: string): Result<RepoLock, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(`not valid JSON: ${(error as Error).message}`);
  }
  const parsed = lockSchema.safeParse(value);
  if (parsed.success) return ok(new Map(Object.entries(parsed.data.repos)));
  const said = parsed.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`);
  return err(said.slice(0, 5).join("; "));
}

/** The same repositories give the same text, whatever order they were found in. */
export function lockText(lock: RepoLock): string {
  const sorted = [...lock].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ version: 1, repos: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}

export interface AppliedLock {
  readonly repos: readonly Repo[];
  /** Not in the lock, or there for another base. */
  readonly missing: readonly Repo[];
}

/** Pins repositories to what the lock says of their base. */
export function applyLock(repos: readonly Repo[], lock: RepoLock): AppliedLock {
  const pinned = repos.map((repo) => {
    const entry = lock.get(repo.key);
    return entry === undefined || entry.base !== repo.base
      ? repo
      : { ...repo, commit: entry.commit as CommitId };
  });
  return { repos: pinned, missing: pinned.filter((repo) => repo.commit === undefined) };
}

/** What a lock file holds for repositories whose commits are known. */
export function lockOf(repos: readonly Repo[]): RepoLock {
  return new Map(
    repos.flatMap(({ key, base, commit }) =>
      commit === undefined ? [] : [[key, { ...(base === undefined ? {} : { base }), commit }]],
    ),
  );
}
