import { realpath } from "node:fs/promises";
import { join } from "node:path";

import { unitSlug } from "../../core/plan/unit-slug.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId, RunId } from "../../model/ids.ts";
import type { Repo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { PublishPlace } from "../../ports/publishing.ts";
import type {
  OpenedRepository,
  OpenRepositoryOptions,
  Repositories,
} from "../../ports/repositories.ts";
import { createGit } from "../git/git.ts";
import {
  authorOf,
  type KnownRepository,
  type OpenedWorkspace,
  openWorkspace,
} from "../git/open-workspace.ts";
import { resolveCommit } from "../git/refs.ts";
import type { HostTurns } from "../host-turns.ts";
import type { CloneOptions } from "../mirrors/fetch-mirror.ts";
import { type MirrorCache, openMirrorCache } from "../mirrors/mirror-cache.ts";
import { placeOfCheckout } from "../publish/push-store.ts";

export interface RepositoriesOptions {
  readonly run: RunId;
  /** The run's own folder for worktrees; each unit gets one inside. */
  readonly worktreesDir: string;
  /** The run's own folder for the trees of worktrees at work. */
  readonly snapshots: string;
  /** Folder of the mirrors; made when the first is needed. */
  readonly cache: string;
  readonly clone: CloneOptions;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly turnAt: HostTurns;
}

/** Checkouts are worked in where they are, on worktrees as ever; everything else comes from a mirror. */
export function openRepositories(options: RepositoriesOptions): Repositories {
  let cache: Promise<Result<MirrorCache>> | undefined;
  // Mirrors have no settings of their own, so it is asked once whose work it is.
  let author: Promise<string> | undefined;
  const openOnes = new Set<OpenedWorkspace>();
  const place: Place = { ...options, openOnes };
  return {
    at: (path) => [...openOnes].flatMap((one) => one.at(path) ?? [])[0],
    open: async (repo, of) => {
      const { address } = repo;
      if (address.kind === "folder" && !address.isBare) return openCheckout(repo, of, place);
      cache ??= openMirrorCache({ ...options, folder: options.cache });
      const mirrors = await cache;
      if (!mirrors.ok) return mirrors;
      const { retries: max, backoffMs, signal } = of;
      const mirror = await mirrors.value.get(repo, { max, backoffMs, signal });
      if (!mirror.ok) return mirror;
      if (mirror.value.kind === "empty") return ok(mirror.value);
      const { commit } = mirror.value;
      const top = await realpath(mirror.value.repo);
      author ??= authorOf(createGit(top), options.run);
      const known = { top, commonDir: join(top, ".git"), author: await author };
      const workspace = await workspaceAt(top, of, { ...place, known });
      if (!workspace.ok) return workspace;
      const to = { address, store: top, ...baseBranchOf(repo) };
      return ok(opened(workspace.value, commit, () => Promise.resolve(ok(to))));
    },
  };
}

interface Place extends RepositoriesOptions {
  readonly openOnes: Set<OpenedWorkspace>;
}

async function openCheckout(
  repo: Repo,
  of: OpenRepositoryOptions,
  place: Place,
): ReturnType<Repositories["open"]> {
  const { address, base, commit } = repo;
  const top = address.kind === "folder" ? address.path : "";
  const head = await resolveCommit(createGit(top), "HEAD");
  if (!head.ok) return ok({ kind: "empty", reason: "it has no commit on its branch" });
  const workspace = await workspaceAt(top, of, place);
  if (!workspace.ok) return workspace;
  const wanted = commit ?? base;
  const at = wanted === undefined ? head : await workspace.value.resolve(wanted);
  const store = join(place.worktreesDir, unitSlug(of.unit), "push");
  const publishPlace = async (): Promise<Result<PublishPlace>> => {
    const made = await placeOfCheckout(workspace.value, store);
    return made.ok ? ok({ ...made.value, ...baseBranchOf(repo) }) : made;
  };
  if (at.ok) return ok(opened(workspace.value, at.value, publishPlace));
  await workspace.value[Symbol.asyncDispose]();
  return err(
    failure("git", `${top} has no commit ${wanted}`, {
      hint: "see base: and the lock file",
    }),
  );
}

/** A pull request goes to the branch that the work began with. */
function baseBranchOf({ base }: Repo): Pick<PublishPlace, "baseBranch"> {
  return base === undefined || /^[0-9a-f]{40,64}$/.test(base) ? {} : { baseBranch: base };
}

async function workspaceAt(
  repo: string,
  { unit }: OpenRepositoryOptions,
  { run, worktreesDir, snapshots, openOnes, known }: Place & { readonly known?: KnownRepository },
): Promise<Result<OpenedWorkspace>> {
  const slug = unitSlug(unit);
  const folders = { worktreesDir: join(worktreesDir, slug), snapshots: join(snapshots, slug) };
  const more = known === undefined ? {} : { known };
  const made = await openWorkspace({ repo, run, ...folders, ...more });
  if (!made.ok) return made;
  const workspace: OpenedWorkspace = {
    ...made.value,
    [Symbol.asyncDispose]: async () => {
      openOnes.delete(workspace);
      await made.value[Symbol.asyncDispose]();
    },
  };
  openOnes.add(workspace);
  return ok(workspace);
}

function opened(
  workspace: OpenedWorkspace,
  base: CommitId,
  publishPlace: OpenedRepository["publishPlace"],
): { readonly kind: "opened" } & OpenedRepository {
  return {
    kind: "opened",
    workspace,
    base,
    publishPlace,
    useDependenciesOf: (folder) => workspace.useDependenciesOf(folder),
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}
