import { expect, test } from "vitest";

import { isOwnWriting } from "../../../src/core/daemon/own-runs.ts";
import { begun, emptyRecord, ended, recovered } from "../../../src/core/daemon/record.ts";
import type { DaemonRecord } from "../../../src/model/daemon.ts";

/** After a job made, or went on with, a run. */
function after(record: DaemonRecord, run: string, endedAt: number): DaemonRecord {
  const at = { job: "schedule/x", slot: run, startedAt: endedAt - 1, byHand: false, run };
  const end = { outcome: "done" as const, said: "", usd: 0, endedAt, proposals: [] };
  return ended(begun(record, at), end);
}

test("what a run wrote up to its job's end is the daemon's, what comes later is somebody else's", () => {
  const record = after(emptyRecord, "r1", 1_000);
  expect(isOwnWriting(record, "r1", 1_000.9)).toBe(true);
  expect(isOwnWriting(record, "r1", 1_002)).toBe(false);
  expect(isOwnWriting(record, "r2", 500)).toBe(false);
  expect(isOwnWriting(after(record, "r1", 3_000), "r1", 2_000)).toBe(true);
});

test("a run at work is the daemon's, also when it was cut off with the daemon", () => {
  const at = { job: "schedule/x", slot: "1", startedAt: 1, byHand: false, run: "r1" };
  const record = begun(emptyRecord, at);
  expect(isOwnWriting(record, "r1", 9_000)).toBe(true);
  expect(isOwnWriting(recovered(record, 10_000), "r1", 9_000)).toBe(true);
});

test("a schedule of every minute has all its runs of three hours known, though fewer of its ends are kept", () => {
  const minutes = Array.from({ length: 180 }, (_, minute) => minute * 60_000);
  const record = minutes.reduce((made, at) => after(made, `r${at}`, at), emptyRecord);
  expect(minutes.every((at) => isOwnWriting(record, `r${at}`, at))).toBe(true);
});
