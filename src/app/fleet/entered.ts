import type { OpenedRepository } from "../../ports/repositories.ts";
import type { WorktreeShelf } from "../worktree-shelf.ts";

/** A repository as it is before any command runs in it; nothing of it is in the journal yet. */
export interface EnteredRepository extends AsyncDisposable {
  readonly kind: "entered";
  readonly repo: OpenedRepository;
  /** Worktrees stand on it already, for the commands that come first. */
  readonly shelf: WorktreeShelf;
  /** What its agents are told of it. */
  readonly brief: string;
  /** Why it takes no part, when it does not. */
  readonly optedOut: string | undefined;
  /** What installs its dependencies, if anything does. */
  readonly setup: string | undefined;
}

export type Entered =
  | EnteredRepository
  /** There is nothing to work on. */
  | { readonly kind: "empty"; readonly reason: string };
