import { dirOf, ownName, putFile } from "../../core/daemon/job-file.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import { filesPutInto, type PutFile } from "./put-files.ts";
import type { ScheduleParts } from "./schedule-job.ts";

const filesMax = 100;

/** A schedule as it is written, and the job that works it off. */
export interface FoundSchedule {
  readonly name: string;
  /** Its path in the repository. */
  readonly file: string;
  readonly text: string;
  readonly job: DaemonJob;
}

/** The schedules there are now, as jobs; a file is read again only when it, or any of the others, was changed. */
export function createSchedules(parts: ScheduleParts): () => Promise<readonly DaemonJob[]> {
  let last: { readonly state: string; readonly jobs: readonly DaemonJob[] } = {
    state: "",
    jobs: [],
  };
  return async () => {
    const { taken, left } = await files(parts);
    if (taken.length === 0) return left;
    const state = JSON.stringify(taken);
    if (state !== last.state)
      last = { state, jobs: (await read(taken, parts)).map(({ job }) => job) };
    return [...last.jobs, ...left];
  };
}

/** All there are now; and, as jobs that wait, what lies there and is none. */
export async function findSchedules(
  parts: ScheduleParts,
): Promise<{ readonly found: readonly FoundSchedule[]; readonly left: readonly DaemonJob[] }> {
  const { taken, left } = await files(parts);
  return { found: await read(taken, parts), left };
}

function files({ repo, files }: ScheduleParts): ReturnType<typeof filesPutInto> {
  return filesPutInto("schedule", { repo, files, endings: [".md"], most: filesMax });
}

async function read(
  taken: readonly PutFile[],
  parts: ScheduleParts,
): Promise<readonly FoundSchedule[]> {
  if (taken.length === 0) return [];
  // Reading schedules brings calendars and a parser along: a daemon without any stays smaller.
  const { scheduleJob } = await import("./schedule-job.ts");
  const found: FoundSchedule[] = [];
  for (const one of taken) {
    const text = await parts.files.read(`${dirOf("schedule")}/${one.name}`);
    if (text === undefined) continue;
    const name = ownName("schedule", one.name);
    const job = scheduleJob({ ...one, name, text }, parts);
    found.push({ name, file: putFile("schedule", name), text, job });
  }
  return found;
}
