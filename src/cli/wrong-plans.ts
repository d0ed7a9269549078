import { join } from "node:path";

import { readPlanFile } from "../adapters/plan-file.ts";
import { putFile, putJob } from "../core/daemon/job-file.ts";
import { mistakeText } from "../core/daemon/told-by-check.ts";
import type { JobStanding } from "../model/daemon.ts";

/** So many mistakes of a plan are told. */
const shownMax = 3;

/**
 * How jobs stand, with what is wrong with plans that were dropped in: they are due, but only to be checked. A person who looks is told so
 * at once. It is looked at here and not by the daemon, which reads no plans and stays small.
 */
export function withWrongPlans(jobs: readonly JobStanding[], repo: string): readonly JobStanding[] {
  return jobs.map((one) => {
    const put = putJob(one.job);
    if (one.is !== "due" || put?.kind !== "dropped") return one;
    const why = whyWrong(join(repo, putFile(put.kind, put.name)));
    return why === undefined ? one : { ...one, is: "waits", why };
  });
}

function whyWrong(file: string): string | undefined {
  const read = readPlanFile(file);
  if (!read.ok) return read.error.message;
  const { parsed } = read.value;
  if (parsed.ok) return undefined;
  const mistakes = parsed.error.map((one) => `line ${one.line ?? 1}: ${mistakeText(one)}`);
  const more = mistakes.length - shownMax;
  const rest = more > 0 ? [`and ${more} more`] : [];
  return `it is wrong: ${[...mistakes.slice(0, shownMax), ...rest].join("; ")}`;
}
