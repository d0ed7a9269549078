import { join } from "node:path";

import { locationOf } from "../../core/repos/location-of.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import type { Repo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import { lockFile } from "../file-lock.ts";
import { lookUpRemote, type RetryOptions } from "../git/remote.ts";
import { removeTree } from "../git/remove-tree.ts";
import { type HostTurns, hostTurns } from "../host-turns.ts";
import {
  type CloneOptions,
  fetchCommit,
  makePristine,
  type MirrorAt,
  type Wanted,
} from "./fetch-mirror.ts";
import { type MirrorFolder, mirrorFolder, openCacheFolder } from "./mirror-folder.ts";

/** Where the files of a run's repository are taken from. */
export type Mirror =
  | {
      readonly kind: "ready";
      /** Top of a repository without checked-out files, for worktrees; Skein's own. */
      readonly repo: string;
      readonly commit: CommitId;
      /** The branch or tag it was, such as `refs/heads/main`; undefined for a detached HEAD or a bare commit. */
      readonly ref?: string;
    }
  /** There is nothing to work on. */
  | { readonly kind: "empty"; readonly reason: string };

export interface MirrorCache {
  /** The repository at its base, fetched when it is not there yet. Whoever asks at the same time waits for the first. */
  get(repo: Repo, retry: Omit<RetryOptions, "clock">): Promise<Result<Mirror>>;
}

/** A cache of mirrors that all processes of a person share; a repository is fetched by one of them at a time. */
export async function openMirrorCache(options: {
  readonly folder: string;
  readonly clone: CloneOptions;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly turnAt?: HostTurns;
}): Promise<Result<MirrorCache>> {
  const opened = await openCacheFolder(options.folder);
  if (!opened.ok) return opened;
  const { clock, clone } = options;
  const { turnAt = hostTurns(clone.perHost) } = options;
  return ok({
    get: async (repo, retry) => {
      const folder = mirrorFolder(opened.value, repo.key);
      const full = { ...retry, clock };
      const inTurn = turnAt(repo.address);
      const wanted = await inTurn(() => wantedOf(repo, folder, { cwd: opened.value, retry: full }));
      if (!wanted.ok) return wanted;
      if (wanted.value.kind === "empty") return ok(wanted.value);
      const locked = await lockFile(folder.lock, { clock, signal: retry.signal });
      if (!locked.ok) return locked;
      using stack = new DisposableStack();
      stack.use(locked.value);
      const at: MirrorAt = { path: folder.path, address: repo.address, clone, retry: full };
      const base = wanted.value;
      const fetched = await inTurn(() => fetchOrAnew(at, base));
      if (!fetched.ok) return fetched;
      await note(folder, { repo, wanted: wanted.value, isNew: fetched.value, now: clock.now() });
      const { commit, ref } = wanted.value;
      const named = ref === undefined ? {} : { ref };
      return ok({ kind: "ready", repo: folder.path, commit, ...named });
    },
  });
}

async function note(
  folder: MirrorFolder,
  of: {
    readonly repo: Repo;
    readonly wanted: Wanted;
    readonly isNew: boolean;
    readonly now: number;
  },
): Promise<void> {
  const before = await folder.readRecord();
  const head = of.repo.base === undefined ? (of.wanted.ref ?? before?.head) : before?.head;
  await folder.writeRecord({
    key: of.repo.key,
    url: locationOf(of.repo.address),
    ...(head === undefined ? {} : { head }),
    fetchedAt: of.isNew ? of.now : (before?.fetchedAt ?? of.now),
    usedAt: of.now,
  });
}

type Base = (Wanted & { readonly kind: "ready" }) | Extract<Mirror, { kind: "empty" }>;

/** Asks the server what the base is now, unless it is a commit already. */
async function wantedOf(
  { base, commit, address, name }: Repo,
  folder: MirrorFolder,
  at: { readonly cwd: string; readonly retry: RetryOptions },
): Promise<Result<Base>> {
  const isHash = base !== undefined && fullHash.test(base);
  const known = commit ?? (isHash ? (base as CommitId) : undefined);
  if (known !== undefined) {
    const head = isHash ? undefined : (base ?? (await folder.readRecord())?.head);
    return ok({ kind: "ready", commit: known, ...(head === undefined ? {} : { ref: head }) });
  }
  const head = await lookUpRemote(address, base, at);
  if (!head.ok) return head;
  if (head.value !== undefined) return ok({ kind: "ready", ...head.value });
  return base === undefined
    ? ok({ kind: "empty", reason: "it has no commit on its default branch" })
    : err(
        failure("git", `${name} has no branch or tag ${base}`, {
          hint: "see base: in the list of repositories",
        }),
      );
}

const fullHash = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** A mirror that is damaged is made anew, once: nothing is in it that the server has not. */
async function fetchOrAnew(at: MirrorAt, wanted: Wanted): Promise<Result<boolean>> {
  const first = await fetchInto(at, wanted);
  if (first.ok || at.retry.signal.aborted) return first;
  const isDamaged =
    /corrupt|bad object|missing (?:blob|tree|commit)|unable to read|inflate|loose object|packfile|not a git repository/i;
  if (!isDamaged.test(`${first.error.message} ${first.error.detail ?? ""}`)) return first;
  await removeTree(join(at.path, ".git"));
  return fetchInto(at, wanted);
}

async function fetchInto(at: MirrorAt, wanted: Wanted): Promise<Result<boolean>> {
  const made = await makePristine(at);
  if (!made.ok) return made;
  const fetched = await fetchCommit(at, made.value, wanted);
  if (!fetched.ok) return fetched;
  const head = await made.value.git.run(["update-ref", "--no-deref", "HEAD", wanted.commit]);
  return head.ok ? fetched : head;
}
