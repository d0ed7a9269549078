import type { Failure } from "../../model/failure.ts";
import type { Retry, RetryClass } from "../../model/plan.ts";
import { errorFingerprint } from "./error-fingerprint.ts";

/** The same error this often shows that a way does not lead there, and this often that none does. */
const changeApproachAt = 2;
const stopAt = 3;

/** What follows a failure. */
export type AfterFailure =
  /** The agent is told, and goes on where it is. */
  | { readonly kind: "same-agent"; readonly left: number }
  /** Another attempt from the base; with `otherApproach` it is told that this one has failed twice. */
  | { readonly kind: "new-attempt"; readonly otherApproach: boolean }
  /** `reason`: why, when it is not that the retries are used up. */
  | { readonly kind: "stop"; readonly reason?: string };

export interface Failed {
  readonly retry: Retry;
  /** Earlier failures of the unit, in order. */
  readonly earlier: readonly Failure[];
  readonly failure: Failure;
  /** Undefined: another try is of no use. */
  readonly retryClass: RetryClass | undefined;
  /** Its agent waits for an answer. */
  readonly agentIsThere: boolean;
}

/** Decides whether a unit is tried again, and by whom. */
export function afterFailure(failed: Failed): AfterFailure {
  const { retry, earlier, failure, retryClass, agentIsThere } = failed;
  if (retryClass === undefined || !retry.on.includes(retryClass)) return { kind: "stop" };
  const error = errorFingerprint(failure);
  const times = 1 + earlier.filter((one) => errorFingerprint(one) === error).length;
  if (times >= stopAt)
    return { kind: "stop", reason: `the same error ${times} times: ${failure.message}` };
  if (earlier.length >= retry.max) return { kind: "stop" };
  // A command has no other approach: it may only have been unlucky.
  const otherApproach = times >= changeApproachAt && retryClass !== "run";
  if (agentIsThere && !otherApproach && retry.feedBack.includes("last-error"))
    return { kind: "same-agent", left: retry.max - earlier.length };
  return { kind: "new-attempt", otherApproach };
}
