import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { RetryOptions } from "../../../src/adapters/git/remote.ts";
import type { CloneOptions } from "../../../src/adapters/mirrors/fetch-mirror.ts";
import {
  type Mirror,
  type MirrorCache,
  openMirrorCache,
} from "../../../src/adapters/mirrors/mirror-cache.ts";
import { keyOf, parseAddress } from "../../../src/core/repos/parse-address.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { Repo } from "../../../src/model/repo.ts";
import { gitIn, tempFolder, valueOf, writeFiles } from "../git/temp-repo.ts";

/** A clock that wakes at once, as late as it was to, and remembers for how long it was to sleep. */
export function hastyClock(): { now(): number; sleep(ms: number): Promise<void>; slept: number[] } {
  let now = 1_000_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => (now += 1),
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      // A turn for whoever is waited for.
      return new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
}

export const retry: Omit<RetryOptions, "clock"> = {
  max: 3,
  backoffMs: 1_000,
  signal: new AbortController().signal,
};

export function repoAt(url: string, more: Partial<Repo> = {}): Repo {
  const address = parseAddress(url, "/");
  if (!address.ok) throw new Error(address.error.message);
  return { name: "x", key: keyOf(address.value), address: address.value, ...more };
}

/** A bare repository with a commit of each set of files, one after the other. */
export function bareRepo(
  root: string,
  name: string,
  ...commits: readonly Readonly<Record<string, string>>[]
): {
  readonly path: string;
  readonly commits: readonly CommitId[];
  readonly work: string;
} {
  const path = join(root, name);
  const work = join(tempFolder(), "work");
  mkdirSync(path, { recursive: true });
  gitIn(path, "init", "--quiet", "--bare", "--initial-branch=main");
  gitIn(root, "init", "--quiet", "--initial-branch=main", work);
  const made = commits.map((files) => {
    writeFiles(work, files);
    gitIn(work, "add", "--all");
    gitIn(work, "commit", "--quiet", "--message=change");
    return gitIn(work, "rev-parse", "HEAD").trim() as CommitId;
  });
  if (made.length > 0) gitIn(work, "push", "--quiet", path, "main");
  return { path, commits: made, work };
}

export async function cacheAt(
  folder: string,
  clone: CloneOptions = { depth: 1 },
  clock: ReturnType<typeof hastyClock> = hastyClock(),
): Promise<MirrorCache> {
  return valueOf(await openMirrorCache({ folder, clone, clock }));
}

export async function readyOf(
  cache: MirrorCache,
  repo: Repo,
): Promise<Extract<Mirror, { kind: "ready" }>> {
  const mirror = valueOf(await cache.get(repo, retry));
  if (mirror.kind !== "ready") throw new Error(mirror.reason);
  return mirror;
}
