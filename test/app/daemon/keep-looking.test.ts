import { expect, test } from "vitest";

import { keepLooking } from "../../../src/app/daemon/keep-looking.ts";
import { openDaemon } from "../../../src/app/daemon/run-daemon.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { type DaemonAnswer, daemonConfigSchema } from "../../../src/model/daemon.ts";
import type { DaemonJob, DaemonWorld, JobEnd } from "../../../src/ports/daemon-world.ts";

const done: JobEnd = { isDone: true, said: "", usd: 0, proposals: [] };

function worldOf(jobs: readonly DaemonJob[]): DaemonWorld {
  return {
    config: daemonConfigSchema.parse({}),
    pid: 1,
    now: () => 0,
    monotonic: () => 0,
    records: { read: async () => emptyRecord, keep: async () => undefined },
    endLeft: async () => undefined,
    jobs: async () => jobs,
    askWhose: () => async () => undefined,
    lastSeen: async () => undefined,
    watchFiles: async () => ({ [Symbol.dispose]: () => undefined }),
    gone: async () => new Set(),
    log: () => undefined,
  };
}

/** A time that never comes; a daemon that is told to stop does not wait for it. */
const never = (_: number, signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("what is asked for behind another begins when that has ended, and not at the next usual look", async () => {
  const slow = Promise.withResolvers<JobEnd>();
  const looks = { look: async () => ({ kind: "waits", why: "it is not due" }) as const };
  const daemon = await openDaemon(
    worldOf([
      { ...looks, name: "slow", start: () => slow.promise },
      { ...looks, name: "tidy", start: async () => done },
    ]),
  );
  const looked = Promise.withResolvers<void>();
  const kept = keepLooking(daemon, {
    log: () => undefined,
    isStillOwn: async () => true,
    delay: (ms, signal) => {
      looked.resolve();
      return never(ms, signal);
    },
    tidy: () => undefined,
  });
  await looked.promise;
  const ask = (job: string): Promise<DaemonAnswer> =>
    daemon.obey({ command: "run-now", job, wait: true });
  const answers = [ask("slow"), ask("tidy")];
  // Both are taken in.
  await daemon.obey({ command: "status" });
  slow.resolve(done);
  expect(await Promise.all(answers)).toMatchObject([{ job: "slow" }, { job: "tidy" }]);
  await daemon.obey({ command: "stop" });
  await kept;
});

test("what is asked for while a look is under way begins after it", async () => {
  const isLooking = Promise.withResolvers<void>();
  const hold = Promise.withResolvers<void>();
  let minutes = 0;
  const tidy: DaemonJob = {
    name: "tidy",
    look: async () => {
      isLooking.resolve();
      await hold.promise;
      return { kind: "waits", why: "it is not due" };
    },
    start: async () => done,
  };
  const daemon = await openDaemon({ ...worldOf([tidy]), monotonic: () => minutes * 60_000 });
  minutes = 20;
  const look = daemon.look();
  await isLooking.promise;
  const answer = daemon.obey({ command: "run-now", job: "tidy", wait: true });
  hold.resolve();
  await look;
  expect(await answer).toMatchObject({ kind: "ended", job: "tidy", outcome: "done" });
});

test("a daemon whose folder is gone looks for nothing more: its job gives way, and it ends", async () => {
  const begun = Promise.withResolvers<void>();
  const logged: string[] = [];
  const slow: DaemonJob = {
    name: "slow",
    look: async () => ({ kind: "due", slot: "one", usd: 0 }),
    start: ({ signal }) => {
      begun.resolve();
      return new Promise((resolve) =>
        signal.addEventListener("abort", () => resolve({ ...done, isDone: false })),
      );
    },
  };
  let minutes = 0;
  const daemon = await openDaemon({ ...worldOf([slow]), monotonic: () => minutes * 60_000 });
  minutes = 20;
  let looks = 0;
  await keepLooking(daemon, {
    log: (text) => logged.push(text),
    isStillOwn: async () => {
      looks += 1;
      return looks < 3;
    },
    delay: () => begun.promise,
    tidy: () => undefined,
  });
  expect(looks).toBe(3);
  expect(logged).toEqual(["its folder is gone, or another daemon's"]);
  expect(await daemon.obey({ command: "status" })).toMatchObject({ phase: "stopping" });
});
