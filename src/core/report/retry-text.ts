import type { ApiRetry } from "../../model/event.ts";
import { shownDuration } from "./figures.ts";

/** Why a request is sent once more, and when. */
export function retryText({ status, unreachable, waitMs }: ApiRetry): string {
  const what =
    unreachable === true
      ? "the model's server cannot be reached"
      : status === 0
        ? "the model's answer broke off"
        : `the API answered ${status}`;
  return `${what}; asks again in ${shownDuration(waitMs)}`;
}
