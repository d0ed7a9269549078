import fc from "fast-check";
import { expect, test } from "vitest";

import { dueSlot, slotName, slotTime } from "../../../src/core/daemon/due-slot.ts";
import { parseSchedule } from "../../../src/core/daemon/parse-schedule.ts";

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse("2026-05-01T00:00:00Z");

function scheduled(front: string): (after: number, now: number) => ReturnType<typeof dueSlot> {
  const read = parseSchedule(`---\n${front}\n---\nLook for stale notes.\n`);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const { schedule, slots } = read.value;
  return (after, now) => dueSlot(schedule, { name: "n", slots, after, now });
}

const at = (hours: number): number => start + hours * hour;

test("before its time a schedule says when to look again; at its time it is due, and afterwards not again", () => {
  const daily = scheduled('cron: "0 3 * * *"');
  expect(daily(start, at(2))).toEqual({ nextAt: at(3) });
  expect(daily(start, at(3))).toEqual({ slot: "2026-05-01T03:00:00.000Z" });
  expect(daily(at(3), at(4))).toEqual({ nextAt: at(27) });
});

test("of times that nobody worked at, all are done as one, or each, or none", () => {
  const now = at(24 * 3 + 12);
  expect(scheduled('cron: "0 3 * * *"')(start, now)).toEqual({ slot: slotName(at(75)) });
  const each = scheduled('cron: "0 3 * * *"\nmissed: run-once');
  const done: string[] = [];
  for (let after = start; ;) {
    const due = each(after, now);
    if (!("slot" in due)) break;
    done.push(due.slot);
    after = slotTime(due.slot) ?? now;
  }
  expect(done).toEqual([3, 27, 51, 75].map((hours) => slotName(at(hours))));
  const none = scheduled('cron: "0 3 * * *"\nmissed: skip');
  expect(none(start, now)).toEqual({ nextAt: at(99) });
  expect(none(start, at(3) + 30 * minute)).toEqual({ slot: slotName(at(3)) });
});

test("with jitter it begins up to so much later, and at the same moment whenever it is asked", () => {
  const jittery = scheduled('cron: "0 * * * *"\njitter: 30m');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3_000 }), (late) => {
      const now = start + late * minute;
      const due = jittery(start, now);
      if ("slot" in due) {
        expect(slotTime(due.slot)).toBeLessThanOrEqual(now);
        return;
      }
      const next = due.nextAt ?? 0;
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(90 * minute);
      expect(jittery(start, next)).toHaveProperty("slot");
      expect(jittery(start, next - 1)).not.toHaveProperty("slot");
    }),
    { numRuns: 50 },
  );
});

test("the name of a time is read back, and nothing else is", () => {
  expect(slotTime(slotName(start))).toBe(start);
  expect(slotTime("by-hand-17")).toBeUndefined();
  expect(slotTime("2026-05-01")).toBeUndefined();
});

test.each([
  ['cron: "0 3 * * *"\ncolour: red', "olour"],
  ['cron: "61 3 * * *"', "minute"],
  ['cron: "0 3 * * *"\njitter: 3h', "jitter"],
  ['cron: "0 3 * * *"\nplan: ../x.yaml', "plan: a path inside"],
  ['cron: "0 3 * * *"\nplan: x.yaml', "a plan and a text"],
  ['cron: "0 3 * * *"\nprofile: trusted', "profile"],
  ["tz: UTC", "cron: it says when, in five fields such as 30 3 * * 1-5"],
  ['cron: "0 3 * * *"\ncolour: red', "there is no field colour; cron, tz, jitter, budget"],
  ['cron: "0 3 * * *"\nbudget: { usd: much }', "budget.usd: dollars are due"],
  ['cron: "0 3 * * *"\nbudget: { eur: 1 }', "there is no field eur; usd, minutes, turns"],
  ['cron: "0 3 * * *"\nprofile: trusted', "profile: read-only or accept-edits is due"],
  ['cron: "0 3 * * *"\nenabled: maybe', "enabled: true or false is due"],
])("a schedule with %j is wrong, and says why", (front, why) => {
  const read = parseSchedule(`---\n${front}\n---\nLook.\n`);
  expect(read).toMatchObject({
    ok: false,
    error: expect.arrayContaining([
      { line: expect.any(Number), text: expect.stringContaining(why) },
    ]),
  });
});

test("all mistakes of a schedule are told at once, each of them once", () => {
  const front = [
    'cron: "61 3 * * *"',
    "tz: Mars/Olympus",
    "jitter: soon",
    "profile: trusted",
    "plan: ../x.yaml",
    "missed: 3",
  ].join("\n");
  const read = parseSchedule(`---\n${front}\n---\nLook.\n`);
  const mistakes = read.ok ? [] : read.error;
  const about = ["profile: ", "missed: ", 'cron "61', "time zone Mars", "jitter: ", "plan: a path"];
  for (const one of [...about, "it has a plan and a text"])
    expect(mistakes.filter(({ text }) => text.includes(one))).toHaveLength(1);
});

test("each mistake of a schedule is told with its line", () => {
  const text = [
    "---",
    "# every night",
    'cron: "61 3 * * *"',
    "budget:",
    "  usd: 1",
    "  eur: 1",
    "colour: red",
    "'crn': 4",
    "---",
    "",
  ].join("\r\n");
  expect(parseSchedule(text)).toMatchObject({
    error: [
      { line: 3, text: expect.stringContaining('cron "61') },
      { line: 6, text: "there is no field eur; usd, minutes, turns" },
      { line: 7, text: expect.stringContaining("there is no field colour; cron, tz") },
      { line: 8, text: expect.stringContaining("there is no field crn; cron, tz") },
      { line: 9, text: "it says nothing to do: no plan, no text" },
    ],
  });
  expect(parseSchedule("---\nbudget: { usd: much }\ntz: UTC\n---\nLook.\n")).toMatchObject({
    error: [{ line: 1, text: expect.stringContaining("cron: it says when") }, { line: 2 }],
  });
});

test("a file without fields says where they belong, and one that is no YAML says so", () => {
  expect(parseSchedule("Look.")).toMatchObject({
    error: [
      { line: 1, text: "it does not begin with fields between two lines of ---, such as cron" },
    ],
  });
  expect(parseSchedule("---\ntz: UTC\ncron: [\nmissed: skip\n---\nLook.\n")).toMatchObject({
    error: [{ line: 4, text: expect.stringContaining("its fields are no YAML: ") }],
  });
});
