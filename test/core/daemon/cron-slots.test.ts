import { expect, test } from "vitest";

import { cronSlots } from "../../../src/core/daemon/cron-slots.ts";

const minute = 60_000;
const from = Date.parse("2026-01-01T00:00:00Z");
const to = Date.parse("2028-01-01T00:00:00Z");

/** What clocks show in each minute of the two years, by the machine's own tables and nothing of ours. */
function wallMinutes(tz: string): readonly number[] {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: tz,
    dateStyle: "short",
    timeStyle: "medium",
  });
  let offset = 0;
  return Array.from({ length: (to - from) / minute + 1 }, (_, index) => {
    const utc = from / minute + index;
    // Clocks are put forward and back at full quarters of an hour.
    if (utc % 15 === 0)
      offset = Date.parse(`${format.format(utc * minute).replace(" ", "T")}Z`) / minute - utc;
    return utc + offset;
  });
}

/** Whether a wall minute fits: its minute of the day, and its day since the epoch, which was a Thursday. */
type Fits = (minuteOfDay: number, day: number) => boolean;

/**
 * Goes through two years minute by minute, as a person who looks at the clock would: what it shows for the first time
 * and what fits, is a time; when it has leapt over something that fits, now is a time.
 */
function looked(walls: readonly number[], fits: Fits): readonly number[] {
  const found: number[] = [];
  let [shown = 0] = walls;
  for (const [index, wall] of walls.entries()) {
    let isTime = false;
    for (let passed = shown + 1; passed <= wall; passed += 1)
      isTime ||= fits(passed % 1_440, Math.floor(passed / 1_440));
    if (isTime) found.push(from + index * minute);
    shown = Math.max(shown, wall);
  }
  return found;
}

const weekday = (day: number): number => (day + 4) % 7;

const lines: readonly (readonly [string, Fits])[] = [
  ["30 2 * * *", (at) => at === 150],
  ["*/20 2 * * 0", (at, day) => at >= 120 && at < 180 && at % 20 === 0 && weekday(day) === 0],
  ["0 * * * 0", (at, day) => at % 60 === 0 && weekday(day) === 0],
];
const zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

test.each(zones)("two years of cron in %s are as somebody who watches the clock has them", (tz) => {
  const walls = wallMinutes(tz);
  for (const [line, fits] of lines) {
    const slots = cronSlots(line, tz);
    if (!slots.ok) throw new Error(slots.error);
    const expected = looked(walls, fits);
    expect([line, slots.value.between(from, to)]).toEqual([line, expected]);
    expect(slots.value.last(from, to)).toBe(expected.at(-1));
    const [first = 0] = expected;
    expect(slots.value.first(from, to)).toBe(first);
    expect(slots.value.next(first)).toBe(expected[1]);
  }
});

test("a time that clocks pass over is due when they do, one that they show twice is due once", () => {
  const slots = cronSlots("30 2 * * *", "Europe/Berlin");
  if (!slots.ok) throw new Error(slots.error);
  const next = (after: string): string =>
    new Date(slots.value.next(Date.parse(after)) ?? 0).toISOString();
  expect(next("2026-03-28T12:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
  expect(next("2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
  expect(next("2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
});

test.each([
  ["* * * *", "UTC", "five"],
  ["61 * * * *", "UTC", '"61" is no minute; 0 to 59 is due'],
  ["99 3 * * 8", "UTC", '"8" is no day of the week; 0 to 6'],
  ["0 5-1 * * *", "UTC", '"5-1" is no hour; 0 to 23 is due'],
  ["0 0 * * mon-", "UTC", '"mon-" is no day of the week'],
  [
    "0 0 * * *",
    "Mars/Olympus",
    "there is no time zone Mars/Olympus; an IANA name such as Europe/Berlin is due, or an offset such as +02:00",
  ],
])("%s in %s is refused, with the reason", (line, tz, why) => {
  expect(cronSlots(line, tz)).toMatchObject({ ok: false, error: expect.stringContaining(why) });
});

test.each([
  ["@daily", "UTC"],
  ["0 2 * * *", "+02:00"],
])("%s in %s is taken", (line, tz) => {
  const slots = cronSlots(line, tz);
  expect(slots.ok && new Date(slots.value.next(from) ?? 0).toISOString()).toBe(
    "2026-01-02T00:00:00.000Z",
  );
});

test("a day that never comes has no next time", () => {
  const slots = cronSlots("0 0 31 2 *", "UTC");
  expect(slots.ok && slots.value.next(from)).toBeUndefined();
});
