import type { Failure } from "./failure.ts";
import type { CommitId, UnitId } from "./ids.ts";

/** What became of a unit's finished work outside of this machine; with `package`, of the share of it that is in that folder. */
export type PublishEvent =
  | {
      readonly kind: "published";
      readonly unit: UnitId;
      readonly branch: string;
      readonly package?: string;
      readonly commit: CommitId;
      /** Address of the pull request. */
      readonly pr?: string;
      /** Why there is none, when one was wanted. */
      readonly reason?: string;
      /** Instead of a branch on the server. */
      readonly patch?: PublishedPatch;
    }
  | {
      readonly kind: "publish-skipped";
      readonly unit: UnitId;
      readonly branch: string;
      readonly package?: string;
      readonly reason: string;
    }
  | {
      readonly kind: "publish-failed";
      readonly unit: UnitId;
      readonly branch: string;
      readonly package?: string;
      readonly failure: Failure;
    }
  /** Of a dry run. */
  | {
      readonly kind: "would-publish";
      readonly unit: UnitId;
      readonly branch: string;
      readonly package?: string;
      readonly commit: CommitId;
      /** Everything that would leave the machine, for people; lines. */
      readonly shown: string;
    };

export interface PublishedPatch {
  readonly url: string;
  readonly base: CommitId;
  /** Relative to the run's folder. */
  readonly file: string;
}
