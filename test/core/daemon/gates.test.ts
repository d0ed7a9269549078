import { expect, test } from "vitest";

import { budgetGate, dreamGate, idleGate } from "../../../src/core/daemon/gates.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { daemonConfigSchema, type EndedJob } from "../../../src/model/daemon.ts";

const config = daemonConfigSchema.parse({});
const minute = 60_000;
const hour = 60 * minute;
const now = 1_000 * hour;

const dreamt = (endedAt: number): EndedJob => ({
  job: "dream",
  slot: "1",
  startedAt: endedAt - 1_000,
  endedAt,
  byHand: false,
  outcome: "done",
  said: "",
  usd: 0.6,
});

test("ten minutes without anybody are idle, one millisecond less is not", () => {
  expect(idleGate(10 * minute, config)).toBeUndefined();
  expect(idleGate(10 * minute - 1, config)).toContain("less than 10 minutes");
});

test.each([
  ["nothing new", { observations: 0, sessions: 0 }, "nothing new"],
  ["two sessions of 39 lines", { observations: 39, sessions: 2 }, "fewer than"],
  ["two sessions of 40 lines", { observations: 40, sessions: 2 }, undefined],
  ["three sessions of 3 lines", { observations: 3, sessions: 3 }, undefined],
])("a dream is worth it when enough is new: %s", (_, facts, why) => {
  const told = dreamGate(emptyRecord, config, { ...facts, now, lastRunAt: undefined });
  if (why === undefined) expect(told).toBeUndefined();
  else expect(told).toContain(why);
});

test("a dream waits three hours after a run, and six after another dream", () => {
  const facts = { observations: 50, sessions: 3, now };
  const gate = (lastRunAt: number, dreamAt: number): string | undefined =>
    dreamGate({ ...emptyRecord, ended: [dreamt(dreamAt)] }, config, { ...facts, lastRunAt });
  expect(gate(now - 3 * hour, now - 6 * hour)).toBeUndefined();
  expect(gate(now - 3 * hour + 1, now - 6 * hour)).toContain("a run ended");
  expect(gate(now - 3 * hour, now - 6 * hour + 1)).toContain("the last dream");
});

test("what a job may cost is set aside as a whole before it begins; what is free needs no dollars", () => {
  const record = { ...emptyRecord, ended: [dreamt(now - hour)] };
  expect(budgetGate(record, config, { now, usd: 0.4 })).toBeUndefined();
  expect(budgetGate(record, config, { now, usd: 0.41 })).toContain("would not hold");
  expect(budgetGate(record, config, { now, usd: 0 })).toBeUndefined();
  const long = { ...emptyRecord, ended: [{ ...dreamt(now), startedAt: now - 2 * hour }] };
  expect(budgetGate(long, config, { now, usd: 0 })).toContain("120 minutes");
});
