import { dirOf, ownName } from "../../core/daemon/job-file.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import { filesPutInto, type PutFile } from "./put-files.ts";
import type { ScheduleParts } from "./schedule-job.ts";

const filesMax = 100;

/** The schedules there are now, as jobs; a file is read again only when it, or any of the others, was changed. */
export function createSchedules(
  repo: string,
  { files, entry, noModel }: Omit<ScheduleParts, "repo">,
): () => Promise<readonly DaemonJob[]> {
  let last: { readonly state: string; readonly jobs: readonly DaemonJob[] } = {
    state: "",
    jobs: [],
  };
  return async () => {
    const { taken, left } = await filesPutInto("schedule", {
      repo,
      files,
      endings: [".md"],
      most: filesMax,
    });
    if (taken.length === 0) return left;
    const state = JSON.stringify(taken);
    if (state !== last.state) last = { state, jobs: await read(taken) };
    return [...last.jobs, ...left];
  };

  async function read(found: readonly PutFile[]): Promise<readonly DaemonJob[]> {
    // Reading schedules brings calendars and a parser along: a daemon without any stays smaller.
    const { scheduleJob } = await import("./schedule-job.ts");
    const jobs: DaemonJob[] = [];
    for (const { name, ...times } of found) {
      const text = await files.read(`${dirOf("schedule")}/${name}`);
      if (text === undefined) continue;
      const file = { ...times, name: ownName("schedule", name), text };
      jobs.push(scheduleJob(file, { repo, files, entry, noModel }));
    }
    return jobs;
  }
}
