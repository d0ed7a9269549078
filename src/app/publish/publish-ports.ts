import type { PublishWish } from "../../model/publish.ts";
import type { Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type {
  Branches,
  PublishPlace,
  PublishRecord,
  PullRequests,
} from "../../ports/publishing.ts";

export interface PublishPorts {
  readonly branches: Branches;
  readonly pulls: PullRequests;
  readonly record: PublishRecord;
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** Whether no more pull requests of the plan may be open. */
  readonly isFull: (options: PublishOptions) => Promise<Result<boolean>>;
  /** One at a time, so that what is counted is still so when it is acted upon. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Publishing as a run has it: `place` is of the repository that the unit at work is in. */
export interface Publishing extends PublishPorts {
  readonly place: () => Promise<Result<PublishPlace>>;
}

export interface PublishOptions {
  readonly wish: PublishWish;
  /** The run that publishes, and its plan: what a rate and a cap are counted over. */
  readonly run: string;
  readonly plan: string;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}
