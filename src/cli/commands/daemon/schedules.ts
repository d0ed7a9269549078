import { findSchedules } from "../../../adapters/daemon/read-schedules.ts";
import { whyTheirsIn } from "../../../adapters/daemon/why-theirs.ts";
import { diskFiles } from "../../../adapters/memory/disk-files.ts";
import { whyNotBegun } from "../../../app/daemon/standing-of.ts";
import { sectionLines } from "../../../core/daemon/columns.ts";
import { putFolder, putJob } from "../../../core/daemon/job-file.ts";
import { parseSchedule, type ReadSchedule } from "../../../core/daemon/parse-schedule.ts";
import {
  type ListedSchedule,
  nextTimes,
  schedulesSection,
} from "../../../core/daemon/schedules-section.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import { entryFile } from "../../entry-file.ts";
import type { Io } from "../../io.ts";
import { whyNoModel } from "../../open-daemon-world.ts";
import type { DaemonStatusOptions } from "../../options/daemon-options.ts";
import { paintFor } from "../../paint.ts";
import { planMistakes } from "../../plan-mistakes.ts";

interface Found {
  readonly listed: readonly ListedSchedule[];
  /** What else lies there, and why it is none. */
  readonly left: readonly { readonly name: string; readonly file: string; readonly why: string }[];
}

/** `skein daemon schedules`: their next times, and every mistake in their files and plans. Exit code 0, or 2 when one is wrong. */
export async function daemonSchedulesCommand(
  options: DaemonStatusOptions,
  io: Io,
): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) return endWith(repo.error, io);
  const { listed, left } = await find(repo.value, io);
  const now = Date.now();
  if (options.json) {
    for (const one of listed) io.stdout(`${jsonOf(one, now)}\n`);
    for (const one of left) io.stdout(`${jsonOfLeft(one)}\n`);
  } else if (listed.length + left.length === 0)
    io.stderr(`skein: there are no schedules in ${putFolder("schedule")}\n`);
  else
    io.stdout(
      `${sectionLines(schedulesSection(listed, left, now), io, paintFor(io)).join("\n")}\n`,
    );
  return listed.every(({ mistakes }) => mistakes.length === 0) ? 0 : 2;
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
    const mistakes = read.ok
      ? planMistakes(repo, { file, text, plan: read.value.schedule.plan })
      : read.error.map((one) => ({ file, ...one }));
    // What is wrong with it is told as a mistake, with its line.
    const others = mistakes.length === 0 ? whyNotBegun(job, once) : whyTheirs(file);
    listed.push({ name, file, read, mistakes, why: job.off ?? (await others) });
  }
  const others = left.map(async (job) => {
    const name = putJob(job.name)?.name ?? job.name;
    const file = `${putFolder("schedule")}/${name}`;
    return { name, file, why: (await whyNotBegun(job, once)) ?? "" };
  });
  return { listed, left: await Promise.all(others) };
}

/** Of one that cannot be read. */
const unread = { cron: null, tz: null, enabled: null, next: [] };

/** Times are those of UTC. */
function jsonOf({ name, file, read, mistakes, why }: ListedSchedule, now: number): string {
  const known = read.ok ? readParts(read.value, now) : unread;
  return JSON.stringify({ schedule: name, file, ...known, why: why ?? null, mistakes });
}

function readParts(
  { schedule: { cron, tz, enabled }, slots }: Extract<ReadSchedule, { readonly ok: true }>["value"],
  now: number,
): object {
  const next = nextTimes(slots, now).map((at) => new Date(at).toISOString());
  return { cron, tz, enabled, next };
}

function jsonOfLeft({ name, file, why }: Found["left"][number]): string {
  return JSON.stringify({ schedule: name, file, ...unread, why, mistakes: [] });
}
