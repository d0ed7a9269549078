import { utimesSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { finishRunsJob } from "../../../src/adapters/daemon/finish-runs-job.ts";
import { begun, emptyRecord, ended, resumed } from "../../../src/core/daemon/record.ts";
import { daemonConfigSchema, type DaemonRecord } from "../../../src/model/daemon.ts";
import type { Look } from "../../../src/ports/daemon-world.ts";
import { tempRepo, writeFiles } from "../../support/temp-repo.ts";

const [minute, hour] = [60_000, 3_600_000];
const now = Date.now();

/** Runs that were cut off, the oldest first, each with its cap in dollars; they are `r1`, `r2` and so on. */
function cutOff(...caps: readonly number[]): (record: DaemonRecord) => Promise<Look> {
  const repo = tempRepo({ "a.txt": "a\n" });
  for (const [index, usd] of caps.entries()) {
    const events = [
      { kind: "run-started", offline: false, budget: { usd } },
      { kind: "plan-accepted" },
      { kind: "unit-started" },
    ];
    const journal = events.map((event) => `${JSON.stringify({ event })}\n`).join("");
    const path = `.skein/runs/r${index + 1}/journal.jsonl`;
    writeFiles(repo, { [path]: journal });
    const at = (now - 10 * hour + index * minute) / 1_000;
    utimesSync(join(repo, path), at, at);
  }
  const config = daemonConfigSchema.parse({});
  return (record) => finishRunsJob(repo, { config, entry: "none" }).look(record, now);
}

function failed(
  record: DaemonRecord,
  look: Look,
  endedAt: number,
  more: { readonly run?: string; readonly byHand?: boolean } = {},
): DaemonRecord {
  if (look.kind !== "due") throw new Error(look.why);
  const at = { slot: look.slot, startedAt: endedAt, byHand: false, ...more };
  const running = { job: "finish-runs", ...at };
  const end = { outcome: "failed" as const, said: "no", usd: 0, endedAt, proposals: [] };
  return ended(begun(record, running), end);
}

test("a run that is left after two tries keeps no other back; when it is the only one, it is still told of", async () => {
  const look = cutOff(0.5, 0.5);
  const first = await look(emptyRecord);
  expect(first).toMatchObject({ slot: expect.stringMatching(/^r1 /) });
  const once = failed(emptyRecord, first, now - 2 * hour);
  const twice = failed(once, await look(once), now - hour);
  const second = await look(twice);
  expect(second).toMatchObject({ slot: expect.stringMatching(/^r2 /) });
  const all = failed(failed(twice, second, now - hour), second, now - hour);
  expect(await look(all)).toEqual(first);
});

test("a run that may cost more than the day has left keeps no cheaper one back", async () => {
  expect(await cutOff(5, 0.5)(emptyRecord)).toMatchObject({ kind: "due", usd: 0.5 });
  expect(await cutOff(5)(emptyRecord)).toMatchObject({ kind: "due", usd: 5 });
});

test("a run that failed five times is left until a person says go on; what they asked for is no try", async () => {
  const look = cutOff(0.5);
  const first = await look(emptyRecord);
  const tried = (byHand: boolean): DaemonRecord =>
    [5, 4, 3, 2, 1].reduce(
      (record, hours) => failed(record, first, now - hours * hour, { run: "r1", byHand }),
      emptyRecord,
    );
  const none = { kind: "waits", why: "no run waits to be finished" };
  expect(await look(tried(false))).toEqual(none);
  expect(await look(resumed(tried(false), now))).toEqual(first);
  expect(await look(tried(true))).toEqual(first);
});
