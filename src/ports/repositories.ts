import type { CommitId, UnitId } from "../model/ids.ts";
import type { Repo } from "../model/repo.ts";
import type { Result } from "../model/result.ts";
import type { PublishPlace } from "./publishing.ts";
import type { Workspace, Worktree } from "./workspace.ts";

/** The repositories of a batch run: each is opened for one unit at a time, and nothing of it is kept afterwards. */
export interface Repositories {
  open(repo: Repo, options: OpenRepositoryOptions): Promise<Result<RepositoryAnswer>>;
  /** The open worktree in a folder. */
  at(path: string): Worktree | undefined;
}

export interface OpenRepositoryOptions {
  readonly unit: UnitId;
  /** Attempts after the first, when what keeps it from being fetched may pass. */
  readonly retries: number;
  readonly backoffMs: number;
  readonly signal: AbortSignal;
}

export type RepositoryAnswer =
  | ({ readonly kind: "opened" } & OpenedRepository)
  /** There is nothing to work on. */
  | { readonly kind: "empty"; readonly reason: string };

export interface OpenedRepository extends AsyncDisposable {
  readonly workspace: Workspace;
  readonly base: CommitId;
  /** From now on, worktrees get their dependencies from this folder. */
  useDependenciesOf(folder: string): void;
  /** Where its work is pushed; a checkout's `origin`. */
  publishPlace(): Promise<Result<PublishPlace>>;
}
