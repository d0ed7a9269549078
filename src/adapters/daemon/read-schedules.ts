import { lstat } from "node:fs/promises";
import { join } from "node:path";

import type { DaemonJob } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { broughtBelow } from "../git/brought-below.ts";

/** Below `.skein`. */
const schedulesDir = "schedules";
const filesMax = 100;

/** The schedules there are now, as jobs; a file is read again only when it, or any of the others, was changed. */
export function createSchedules(
  repo: string,
  { files, entry }: { readonly files: MemoryFiles; readonly entry: string },
): () => Promise<readonly DaemonJob[]> {
  let last: { readonly state: string; readonly jobs: readonly DaemonJob[] } = {
    state: "",
    jobs: [],
  };
  return async () => {
    const found = await namesOf(repo, files);
    const state = JSON.stringify(found);
    if (state === last.state) return last.jobs;
    if (found.length === 0) {
      last = { state, jobs: [] };
      return last.jobs;
    }
    // Reading schedules brings calendars and a parser along: a daemon without any stays smaller.
    const { scheduleJob } = await import("./schedule-job.ts");
    const isBrought = await broughtBelow(repo, `.skein/${schedulesDir}`);
    const jobs: DaemonJob[] = [];
    for (const { name, writtenAt } of found) {
      const text = await files.read(`${schedulesDir}/${name}`);
      if (text === undefined) continue;
      const isTracked = isBrought(name);
      const file = { name: name.slice(0, -3), text, writtenAt, isTracked };
      jobs.push(scheduleJob(file, { repo, files, entry }));
    }
    last = { state, jobs };
    return jobs;
  };
}

async function namesOf(
  repo: string,
  files: MemoryFiles,
): Promise<
  readonly { readonly name: string; readonly writtenAt: number; readonly size: number }[]
> {
  const names = (await files.list(schedulesDir))
    .filter(({ name, kind }) => kind === "file" && /^[\w-][\w.-]{0,80}\.md$/.test(name))
    .map(({ name }) => name)
    .toSorted()
    .slice(0, filesMax);
  return Promise.all(
    names.map(async (name) => {
      const info = await lstat(join(repo, ".skein", schedulesDir, name)).catch(() => undefined);
      return { name, writtenAt: info?.mtimeMs ?? 0, size: info?.size ?? 0 };
    }),
  );
}
