import { shownCount, shownTime } from "../report/figures.ts";
import type { Row, Section } from "./columns.ts";
import type { CronSlots } from "./cron-slots.ts";
import type { Mistake, ReadSchedule } from "./parse-schedule.ts";
import { wallOf } from "./wall-time.ts";

export interface ListedSchedule {
  /** Without its ending. */
  readonly name: string;
  /** Its path in the repository. */
  readonly file: string;
  readonly read: ReadSchedule;
  /** In its file, and in that of its plan. */
  readonly mistakes: readonly PlacedMistake[];
  /** Why it is not begun, whatever time it is. */
  readonly why: string | undefined;
}

export interface PlacedMistake extends Mistake {
  /** Its path in the repository. */
  readonly file: string;
}

const timesShown = 3;
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** The next times of a schedule, in milliseconds since the epoch; fewer when no more come. */
export function nextTimes(slots: CronSlots, now: number): readonly number[] {
  const times: number[] = [];
  for (let after = now; times.length < timesShown;) {
    const next = slots.next(after);
    if (next === undefined) break;
    times.push(next);
    after = next;
  }
  return times;
}

/** Schedules with their next times, as the clocks of their zones show them, or with all that is wrong with their files. */
export function schedulesSection(
  listed: readonly ListedSchedule[],
  /** What else lies there, and why it is none. */
  left: readonly { readonly name: string; readonly why: string }[],
  now: number,
): Section {
  return {
    heading: "schedules, with their next times by the clocks of their zones:",
    rows: [
      ...listed.flatMap((one) => rowsOf(one, now)),
      ...left.map(({ name, why }) => ({ cells: [name, ""], text: why })),
    ],
  };
}

function rowsOf({ name, read, mistakes, why }: ListedSchedule, now: number): readonly Row[] {
  const waits = why === undefined ? [] : [`waits: ${why}`];
  const cron = read.ok ? read.value.schedule.cron : "";
  const texts = [
    ...(read.ok && read.value.schedule.enabled ? timesOf(read.value, now) : []),
    ...mistakes.map(({ file, line, text }) => `${file}:${line}: ${text}`),
    ...waits,
  ];
  return texts.map((text, at) => ({ cells: at === 0 ? [name, cron] : ["", ""], text }));
}

function timesOf(
  { schedule: { tz, jitterMs }, slots }: Extract<ReadSchedule, { readonly ok: true }>["value"],
  now: number,
): readonly string[] {
  const [first, ...rest] = nextTimes(slots, now).map((at) => shownWall(wallOf(tz, at)));
  if (first === undefined) return ["its time never comes"];
  const later = shownCount(Math.ceil(jitterMs / 60_000), "minute");
  return [`${first} ${tz}`, ...rest, ...(jitterMs === 0 ? [] : [`each up to ${later} later`])];
}

function shownWall(wall: number): string {
  return `${weekdays[new Date(wall).getUTCDay()] ?? ""} ${shownTime(wall)}`;
}
