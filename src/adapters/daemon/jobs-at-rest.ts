import { lstatSync } from "node:fs";
import { join } from "node:path";

import { atRest } from "../../core/daemon/at-rest.ts";
import { fileOfJob } from "../../core/daemon/job-file.ts";
import type { RestingJob } from "../../core/daemon/record.ts";
import type { DaemonRecord } from "../../model/daemon.ts";

/** What a daemon does not do for long, or at all, by what its record says and without a look at each job. */
export function restsTold(repo: string, record: DaemonRecord, now: number): readonly string[] {
  const names = new Set(record.ended.map(({ job }) => job));
  const jobs = [...names].flatMap((name): readonly RestingJob[] => {
    const file = fileOfJob(name);
    if (file === undefined) return [{ name }];
    const info = lstatSync(join(repo, file), { throwIfNoEntry: false });
    // Without its file there is no such job any more.
    return info === undefined ? [] : [{ name, changedAt: info.mtimeMs }];
  });
  return atRest(record, jobs, now);
}
