import { expect, test } from "vitest";

import { scheduleJob } from "../../../src/adapters/daemon/schedule-job.ts";
import { begun, emptyRecord, ended, resumed } from "../../../src/core/daemon/record.ts";
import type { DaemonRecord } from "../../../src/model/daemon.ts";
import type { DaemonJob } from "../../../src/ports/daemon-world.ts";
import { PowerCutFiles } from "../../support/power-cut-files.ts";

const minute = 60_000;
const threeOClock = Date.parse("2026-05-01T03:00:00Z");

function nightly(): DaemonJob {
  const text = "---\ncron: '0 3 * * *'\n---\nLook at the tests.\n";
  const file = { name: "x", text, writtenAt: threeOClock - 60 * minute, touchedAt: 0 };
  return scheduleJob(file, {
    repo: "/nowhere",
    files: new PowerCutFiles(),
    entry: "none",
    noModel: undefined,
  });
}

/** The record once the job has ended for three o'clock, at these times. */
function failedAt(...times: readonly number[]): DaemonRecord {
  return times.reduce((record, at) => {
    const slot = "2026-05-01T03:00:00.000Z";
    const running = { job: "schedule/x", slot, startedAt: at, byHand: false };
    const end = { outcome: "failed" as const, said: "no", usd: 0, endedAt: at, proposals: [] };
    return ended(begun(record, running), end);
  }, emptyRecord);
}

test("a schedule that failed twice says so beside its next time, and is due again once a person says go on", async () => {
  const job = nightly();
  const at = threeOClock + 30 * minute;
  expect(await job.look(emptyRecord, at)).toMatchObject({ kind: "due" });
  const failed = failedAt(at, at + 10 * minute);
  expect(await job.look(failed, at + 20 * minute)).toEqual({
    kind: "waits",
    why: "its time is 2026-05-02 03:00 UTC; the last time failed 2 times and is left; skein daemon resume, or run-now schedule/x, tries again",
  });
  const record = resumed(failed, at + 21 * minute);
  expect(await job.look(record, at + 22 * minute)).toMatchObject({
    kind: "due",
    slot: "2026-05-01T03:00:00.000Z",
  });
});

test("what was done by hand after it failed is no longer told of", async () => {
  const failed = failedAt(threeOClock, threeOClock + 10 * minute);
  const startedAt = threeOClock + 20 * minute;
  const running = { job: "schedule/x", slot: "by-hand-1", startedAt, byHand: true };
  const end = { outcome: "done" as const, said: "", usd: 0, endedAt: startedAt, proposals: [] };
  const record = ended(begun(failed, running), end);
  expect(await nightly().look(record, startedAt)).toEqual({
    kind: "waits",
    why: "its time is 2026-05-02 03:00 UTC",
  });
});

test("a schedule that rests says so beside its next time, too", async () => {
  const failed = failedAt(threeOClock, threeOClock + minute, threeOClock + 2 * minute);
  expect(await nightly().look(failed, threeOClock + 60 * minute)).toEqual({
    kind: "waits",
    why: "its time is 2026-05-02 03:00 UTC; it failed 3 times in a row and rests until its file is written anew; skein daemon resume, or run-now schedule/x, tries again",
  });
});
