import type { DaemonRecord } from "../../model/daemon.ts";
import { restGate } from "./gates.ts";
import { failuresMax, heldBack, restOf, type RestingJob } from "./record.ts";

/**
 * What rests until a person says go on, or for long: everything, or jobs that failed again and again. A job that is soon tried
 * again is no news.
 */
export function atRest(
  whole: DaemonRecord,
  jobs: readonly RestingJob[],
  now: number,
): readonly string[] {
  // What is at work does not rest.
  const { running: _, ...record } = whole;
  const held = heldBack(record, now);
  if (held !== undefined) return [held];
  return jobs.flatMap((job) => {
    const why = restGate(record, job, now);
    const failures = restOf(record, job, now)?.failures ?? 0;
    return why === undefined || failures < failuresMax ? [] : [`${job.name}: ${why}`];
  });
}
