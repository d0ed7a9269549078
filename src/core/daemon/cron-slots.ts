import { Cron } from "croner";

import { err, ok, type Result } from "../../model/result.ts";
import { isTimeZone, momentOf, wallOf } from "./wall-time.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** No zone's clocks are put forward or back by more. */
const jumpMax = 3 * hour;
/** The last day of February in leap years only: nothing that ever comes is rarer, but for weekdays on top of it. */
const farthest = 9 * 366 * day;

/**
 * The times of a cron line in a time zone. The line speaks of what clocks on the wall show. A time that clocks show twice,
 * because they are put back, is one time, the first; those that they pass over, because they are put forward, are together
 * one, the moment at which that happens. Moments are milliseconds since the epoch.
 */
export interface CronSlots {
  /** All behind `after`, up to `until`. */
  readonly between: (after: number, until: number) => readonly number[];
  /** The first of those. */
  readonly first: (after: number, until: number) => number | undefined;
  /** The last of those. */
  readonly last: (after: number, until: number) => number | undefined;
  /** The first behind `after`, however far; undefined when there is none for years. */
  readonly next: (after: number) => number | undefined;
}

/** Five fields, or a name such as @daily; the error is for people. */
export function cronSlots(line: string, tz: string): Result<CronSlots, string> {
  if (!isTimeZone(tz))
    return err(
      `there is no time zone ${tz}; an IANA name such as Europe/Berlin is due, or an offset such as +02:00`,
    );
  const walls = cronOf(line);
  if (walls === undefined) return err(`cron "${line}": ${whyNoCron(line)}`);
  const between = (after: number, until: number): readonly number[] => {
    const to = wallOf(tz, until) + jumpMax;
    const found = new Set<number>();
    for (let at = wallOf(tz, after) - jumpMax; ;) {
      const wall = walls.nextRun(new Date(at))?.getTime();
      if (wall === undefined || wall > to) break;
      const moment = momentOf(tz, wall);
      if (moment > after && moment <= until) found.add(moment);
      at = wall;
    }
    return [...found].toSorted((a, b) => a - b);
  };
  const first = (after: number, until: number): number | undefined => {
    for (let span = hour; ; span *= 4) {
      const [found] = between(after, Math.min(until, after + span));
      if (found !== undefined || after + span >= until) return found;
    }
  };
  return ok({
    between,
    first,
    last: (after, until) => {
      for (let span = hour; ; span *= 4) {
        const found = between(Math.max(after, until - span), until).at(-1);
        if (found !== undefined || until - span <= after) return found;
      }
    },
    next: (after) => first(after, after + farthest),
  });
}

/** Walls are counted as if they were UTC, so that the library sees neither gaps nor repetitions. Undefined: it is none. */
function cronOf(line: string): Cron | undefined {
  try {
    return new Cron(line, { timezone: "UTC", mode: "5-part", paused: true });
  } catch {
    return undefined;
  }
}

const fields = [
  ["minute", "0 to 59"],
  ["hour", "0 to 23"],
  ["day of the month", "1 to 31"],
  ["month", "1 to 12, or JAN to DEC"],
  ["day of the week", "0 to 6, or SUN to SAT"],
] as const;

/** Which of its fields are wrong, found by trying each with no other. */
function whyNoCron(line: string): string {
  const said = line.trim().split(/\s+/);
  if (said.length !== fields.length)
    return "five fields are due, such as 30 3 * * 1-5, or a name such as @daily";
  const wrong = fields.flatMap(([field, values], index) => {
    const alone = fields.map((_, at) => (at === index ? said[index] : "*")).join(" ");
    return cronOf(alone) === undefined
      ? [
          `"${said[index]}" is no ${field}; ${values} is due, *, or lists, ranges and steps of those`,
        ]
      : [];
  });
  return wrong.length === 0 ? "its fields do not go together" : wrong.join("; ");
}
