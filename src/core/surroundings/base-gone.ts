import { type Failure, failure } from "../../model/failure.ts";

/** Git may have collected what no branch leads to any more. */
export function baseGone(base: string): Failure {
  return failure(
    "environment",
    `the commit the run stands on is not in the repository any more: ${base}`,
    {
      hint: "bring it back (git fetch, or from another clone), then go on with skein resume",
    },
  );
}
