import { errnoTrouble } from "../../core/surroundings/errno-trouble.ts";
import { type Failure, failure } from "../../model/failure.ts";

const others = "the other units are not affected";

/** What became of a thread, as a failure of the agent that was on it. Errors of a dead thread are plain; only their code tells. */
export function threadFailure(error: unknown): Failure {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return failure("out-of-memory", "the agent's thread ran out of memory", {
      hint: `${others}; give the unit a smaller scope`,
    });
  }
  const trouble = errnoTrouble(error);
  if (trouble !== undefined) return trouble;
  return failure("thread-crashed", `the agent's thread crashed: ${message}`, {
    hint: `${others}; retry this one`,
    detail: stack?.slice(0, 2_000),
  });
}

export const unresponsive: Failure = failure(
  "unresponsive",
  "the agent did not stop when asked, so its thread was ended",
  { hint: others },
);

export const silent: Failure = failure(
  "thread-crashed",
  "the agent's thread gave no result that can be read",
  { hint: `${others}; retry this one` },
);
