import { findSchedules } from "../../../adapters/daemon/read-schedules.ts";
import { whyTheirsIn } from "../../../adapters/daemon/why-theirs.ts";
import { diskFiles } from "../../../adapters/memory/disk-files.ts";
import { whyNotBegun } from "../../../app/daemon/standing-of.ts";
import { sectionLines } from "../../../core/daemon/columns.ts";
import { parseSchedule } from "../../../core/daemon/parse-schedule.ts";
import {
  type ListedSchedule,
  nextTimes,
  schedulesSection,
} from "../../../core/daemon/schedules-section.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { entryFile } from "../../entry-file.ts";
import type { Io } from "../../io.ts";
import { whyNoModel } from "../../open-daemon-world.ts";
import type { DaemonStatusOptions } from "../../options/daemon-options.ts";
import { paintFor } from "../../paint.ts";
import { printFailure } from "../../print-failure.ts";

interface Found {
  readonly listed: readonly ListedSchedule[];
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

/** `skein daemon schedules`: their next times, and every mistake in their files. Exit code 0, or 2 when one is wrong. */
export async function daemonSchedulesCommand(
  options: DaemonStatusOptions,
  io: Io,
): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) {
    printFailure(repo.error, io);
    return 2;
  }
  const { listed, left } = await find(repo.value, io);
  const now = Date.now();
  if (options.json) for (const one of listed) io.stdout(`${jsonOf(one, now)}\n`);
  else if (listed.length + left.length === 0)
    io.stderr("skein: there are no schedules in .skein/schedules\n");
  else
    io.stdout(
      `${sectionLines(schedulesSection(listed, left, now), io, paintFor(io)).join("\n")}\n`,
    );
  return listed.every(({ read }) => read.ok) ? 0 : 2;
}

async function find(repo: string, io: Io): Promise<Found> {
  const parts = {
    repo,
    files: diskFiles(repo),
    entry: entryFile,
    noModel: whyNoModel(io.env),
  };
  const { found, left } = await findSchedules(parts);
  const whyTheirs = whyTheirsIn(repo);
  const once = { askWhose: () => whyTheirs };
  const listed: ListedSchedule[] = [];
  for (const { name, file, text, job } of found) {
    const read = parseSchedule(text);
    const why = read.ok ? (job.off ?? (await whyNotBegun(job, once))) : await whyTheirs(file);
    listed.push({ name, file, read, why });
  }
  const others = left.map(async (job) => ({
    name: job.name.replace("schedule/", ""),
    why: (await whyNotBegun(job, once)) ?? "",
  }));
  return { listed, left: await Promise.all(others) };
}

const unread = { cron: null, tz: null, enabled: null };

/** Times are those of UTC. */
function jsonOf({ name, file, read, why }: ListedSchedule, now: number): string {
  const { cron, tz, enabled } = read.ok ? read.value.schedule : unread;
  const next = read.ok
    ? nextTimes(read.value.slots, now).map((at) => new Date(at).toISOString())
    : [];
  return JSON.stringify({
    schedule: name,
    file,
    cron,
    tz,
    enabled,
    next,
    why: why ?? null,
    mistakes: read.ok ? [] : read.error,
  });
}
