import type { CommitId } from "../model/ids.ts";
import type { PublishEntry, PublishTarget, PublishWish } from "../model/publish.ts";
import type { PullStanding } from "../model/pull-standing.ts";
import type { Result } from "../model/result.ts";

/** The branches of a server. */
export interface Branches {
  /** What a branch points at now; undefined: there is none. */
  lookUp(target: PublishTarget, branch: string): Promise<Result<CommitId | undefined>>;
  /** The commit as it goes out: with the person's signature, where their git signs. */
  sign(target: PublishTarget, commit: CommitId): Promise<Result<CommitId>>;
  /** The same change on top of what the branch holds; `onto` itself when it is in there already. */
  rebase(target: PublishTarget, branch: string, onto: CommitId): Promise<Result<CommitId>>;
  /** A change as a mail that `git am` takes. */
  mail(target: PublishTarget): Promise<Result<string>>;
  /** Takes the place of `replaces` if the branch still points there; otherwise it only ever goes forward. */
  push(
    target: PublishTarget,
    to: {
      readonly branch: string;
      readonly commit: CommitId;
      readonly replaces: CommitId | undefined;
    },
  ): Promise<Result<void>>;
}

export interface PullRequests {
  /** The address of the open one of a branch. */
  find(target: PublishTarget, wish: PublishWish): Promise<Result<string | undefined>>;
  open(target: PublishTarget, wish: PublishWish): Promise<Result<string>>;
  /** How one stands now, by its address. */
  standing(url: string): Promise<Result<PullStanding>>;
  /** Its branch stays. */
  close(url: string): Promise<Result<void>>;
}

/** Where a repository's work goes, and where its commits are to be had from. */
export type PublishPlace = Pick<PublishTarget, "address" | "store" | "baseBranch">;

/** What was published from here, by all runs; durable before `append` resolves. */
export interface PublishRecord {
  entries(): readonly PublishEntry[];
  append(entry: PublishEntry): Promise<void>;
}
