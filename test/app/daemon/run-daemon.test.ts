import { expect, test } from "vitest";

import { type Daemon, openDaemon } from "../../../src/app/daemon/run-daemon.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import {
  type DaemonAnswer,
  daemonConfigSchema,
  type DaemonRecord,
  type DaemonRequest,
} from "../../../src/model/daemon.ts";
import type {
  DaemonJob,
  DaemonWorld,
  JobEnd,
  JobStart,
  Look,
} from "../../../src/ports/daemon-world.ts";

const minute = 60_000;
const done: JobEnd = { isDone: true, said: "did it", usd: 0.1, proposals: [] };

interface Rig {
  readonly world: DaemonWorld;
  readonly pass: (ms: number) => void;
  readonly log: readonly string[];
  readonly kept: readonly DaemonRecord[];
  readonly started: readonly JobStart[];
  readonly writes: (() => void)[];
  lastSeen: number | undefined;
  /** Ids of proposals that were answered. */
  gone: readonly string[];
  look: Look;
  /** What the job does; by default it is done at once. */
  act: (start: JobStart) => Promise<JobEnd>;
}

function rig(record: DaemonRecord = emptyRecord): Rig {
  let now = 1_000 * minute;
  const [log, kept, started, writes] = [[], [], [], []] as [
    string[],
    DaemonRecord[],
    JobStart[],
    (() => void)[],
  ];
  const made: Rig = {
    pass: (ms) => {
      now += ms;
    },
    log,
    kept,
    started,
    writes,
    lastSeen: undefined,
    gone: [],
    look: { kind: "due", slot: "1", usd: 0 },
    act: async () => done,
    world: {
      config: daemonConfigSchema.parse({}),
      pid: 1,
      now: () => now,
      monotonic: () => now,
      records: {
        read: async () => record,
        keep: async (next) => void kept.push(next),
      },
      endLeft: async ({ job }) => void log.push(`ended ${job}`),
      jobs: async () => [
        {
          name: "dream",
          look: async () => made.look,
          start: (start) => {
            started.push(start);
            return made.act(start);
          },
        },
      ],
      askWhose: () => async () => undefined,
      lastSeen: async () => made.lastSeen,
      watchFiles: async (onWrite) => {
        writes.push(onWrite);
        return { [Symbol.dispose]: () => undefined };
      },
      gone: async () => new Set(made.gone),
      log: (text) => void log.push(text),
    },
  };
  return made;
}

/** A job that goes on until it is told to end. */
const untilAborted = ({ signal }: JobStart): Promise<JobEnd> =>
  new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve({ ...done, isDone: false }));
  });

/** A daemon with a dream and another job, both of which work until they have to give way. */
async function withSlowJobs(made: Rig): Promise<Daemon> {
  made.act = untilAborted;
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  const tidy = { ...dream, name: "tidy" };
  return openDaemon({ ...made.world, jobs: async () => [dream, tidy] });
}

async function phaseOf(daemon: Daemon): Promise<string> {
  const answer = await daemon.obey({ command: "status" });
  return answer.kind === "status" ? answer.phase : answer.kind;
}

test("a job begins once nobody was there for ten minutes, its intent on the disk first, and is done once", async () => {
  const { world, pass, log, kept, started } = rig();
  const daemon = await openDaemon(world);
  await daemon.look();
  expect(started).toHaveLength(0);
  expect(log).toContain("waits: you were here less than 10 minutes ago");
  pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(kept[0]?.running).toMatchObject({ job: "dream", slot: "1", byHand: false });
  expect(kept.at(-1)?.running).toBeUndefined();
  expect(kept.at(-1)?.ended).toMatchObject([{ outcome: "done", said: "did it", usd: 0.1 }]);
  await daemon.look();
  expect(started).toHaveLength(1);
});

test("a job gives way when a command is given, and when a file is written; then it is begun again", async () => {
  const made = rig();
  const { world, pass, started, kept } = made;
  made.act = untilAborted;
  const daemon = await openDaemon(world);
  pass(10 * minute);
  await daemon.look();
  expect(await phaseOf(daemon)).toBe("working");
  await Promise.resolve();
  daemon.active();
  await daemon.quiet();
  expect(kept.at(-1)?.ended).toMatchObject([{ outcome: "preempted" }]);
  expect(await phaseOf(daemon)).toBe("active");
  pass(10 * minute);
  await daemon.look();
  await expect.poll(() => started.length).toBe(2);
  made.writes.at(-1)?.();
  await daemon.quiet();
  expect(kept.at(-1)?.ended).toMatchObject([{ outcome: "preempted" }, { outcome: "preempted" }]);
});

test("a run at work or a file that was written keeps it back as a command does", async () => {
  const made = rig();
  const daemon = await openDaemon(made.world);
  made.pass(20 * minute);
  made.lastSeen = made.world.now() - (10 * minute - 3_000);
  expect(await daemon.look()).toBe(3_000);
  made.pass(3_000);
  made.lastSeen = made.world.now() - 4 * minute;
  expect(await daemon.look()).toBe(15_000);
  expect(made.started).toHaveLength(0);
  made.lastSeen = undefined;
  made.pass(5 * minute);
  await daemon.look();
  expect(made.started).toHaveLength(0);
  made.pass(minute);
  await daemon.look();
  await daemon.quiet();
  expect(made.started).toHaveLength(1);
});

test("what a person asks for begins at once, is not in their way, and does not give way to them", async () => {
  const made = rig();
  const { world, started, kept } = made;
  const end = Promise.withResolvers<JobEnd>();
  made.act = () => end.promise;
  const daemon = await openDaemon(world);
  expect(await daemon.obey({ command: "run-now", job: "nap" })).toMatchObject({
    kind: "refused",
    hint: "its jobs: dream",
  });
  expect(await daemon.obey({ command: "run-now", job: "dream" })).toMatchObject({ kind: "said" });
  await expect.poll(() => started.length).toBe(1);
  daemon.active();
  end.resolve(done);
  await daemon.quiet();
  expect(started[0]?.signal.aborted).toBe(false);
  expect(kept.at(-1)?.ended).toMatchObject([{ byHand: true, outcome: "done" }]);
});

test("what is done once for each time it is written is done when a person had it done by hand", async () => {
  const made = rig();
  const jobs = async (): Promise<readonly DaemonJob[]> =>
    (await made.world.jobs()).map((job) => ({ ...job, slotByHand: "1" }));
  const daemon = await openDaemon({ ...made.world, jobs });
  await daemon.obey({ command: "run-now", job: "dream" });
  await expect.poll(() => made.started.length).toBe(1);
  await daemon.quiet();
  made.pass(20 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(made.started.map(({ slot }) => slot)).toEqual(["1"]);
  await daemon.obey({ command: "run-now", job: "dream" });
  await expect.poll(() => made.started.length).toBe(2);
  await daemon.quiet();
  expect(made.started[1]?.slot).toMatch(/^by-hand-/);
});

test("paused, nothing begins and what is at work gives way; resumed, it goes on", async () => {
  const made = rig();
  const { world, pass, started, kept } = made;
  made.act = untilAborted;
  const daemon = await openDaemon(world);
  pass(10 * minute);
  await daemon.look();
  await expect.poll(() => started.length).toBe(1);
  await daemon.obey({ command: "pause" });
  await daemon.quiet();
  expect(kept.at(-1)).toMatchObject({ isPaused: true, ended: [{ outcome: "preempted" }] });
  pass(60 * minute);
  await daemon.look();
  expect(await phaseOf(daemon)).toBe("paused");
  made.act = async () => done;
  await daemon.obey({ command: "resume" });
  await expect.poll(() => started.length).toBe(2);
});

test("a job that failed is tried again after a while, and three failures in a row end it for a day", async () => {
  const made = rig();
  const { world, pass, started } = made;
  made.act = () => Promise.reject(new Error("no luck"));
  const daemon = await openDaemon(world);
  pass(10 * minute);
  for (let slot = 0; slot < 60; slot += 1) {
    made.look = { kind: "due", slot: String(slot), usd: 0 };
    await daemon.look();
    await daemon.quiet();
    pass(5 * minute);
  }
  expect(started).toHaveLength(3);
  expect(await phaseOf(daemon)).toBe("breaker-open");
  pass(24 * 60 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(started).toHaveLength(4);
});

test("what an earlier daemon had at work is ended, counts as cut off, and is begun again", async () => {
  const running = { job: "dream", slot: "1", startedAt: 5, byHand: false, run: "r-1" };
  const { world, pass, started, log, kept } = rig({ ...emptyRecord, running });
  const daemon = await openDaemon(world);
  expect(log).toContain("ended dream");
  expect(kept.at(-1)?.ended).toMatchObject([{ outcome: "cut-off", slot: "1" }]);
  pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(started[0]?.run).toBe("r-1");
  expect(kept.at(-1)?.ended.at(-1)).toMatchObject({ outcome: "done", slot: "1" });
});

test("without a record on the disk nothing begins", async () => {
  const { world, pass, started } = rig();
  const full = { ...world.records, keep: () => Promise.reject(new Error("no space left")) };
  const daemon = await openDaemon({ ...world, records: full });
  pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(started).toHaveLength(0);
  expect(await phaseOf(daemon)).toBe("idle");
});

test("told to stop, it ends what is at work first", async () => {
  const made = rig();
  made.act = untilAborted;
  const daemon = await openDaemon(made.world);
  made.pass(10 * minute);
  await daemon.look();
  await expect.poll(() => made.started.length).toBe(1);
  expect(await daemon.obey({ command: "stop" })).toMatchObject({ kind: "said" });
  await daemon.stopped;
  expect(made.kept.at(-1)?.running).toBeUndefined();
});

test.each(["pause", "stop"] as const)(
  "told to %s while it looks for something to do, it begins nothing",
  async (command) => {
    const made = rig();
    const daemon: Daemon = await openDaemon({
      ...made.world,
      lastSeen: async () => {
        await daemon.obey({ command });
        return undefined;
      },
    });
    made.pass(10 * minute);
    await daemon.look();
    await daemon.quiet();
    expect(made.started).toEqual([]);
    expect(made.kept.at(-1)?.running).toBeUndefined();
  },
);

test("a job that cannot look keeps no other back, and status says why it waits", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  const broken = { ...dream, name: "broken", look: () => Promise.reject(new Error("no disk")) };
  const daemon = await openDaemon({ ...made.world, jobs: async () => [broken, dream] });
  made.pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(made.started).toHaveLength(1);
  const status = await daemon.obey({ command: "status" });
  expect(status).toMatchObject({
    jobs: [
      { job: "broken", is: "waits", why: "it cannot look: Error: no disk" },
      { job: "dream", is: "settled" },
    ],
  });
});

test("a failure says why, also one that did not", async () => {
  const made = rig();
  made.act = async () => ({ ...done, isDone: false, said: "" });
  const daemon = await openDaemon(made.world);
  made.pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(made.kept.at(-1)?.ended).toMatchObject([{ said: "it failed and did not say why" }]);
});

test("one job that fails keeps no other back; the status says until when it waits, and resume ends that", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let tries = 0;
  const fails = {
    ...dream,
    name: "schedule/bad",
    start: async () => {
      tries += 1;
      return { ...done, isDone: false, said: "no luck" };
    },
  };
  const daemon = await openDaemon({ ...made.world, jobs: async () => [fails, dream] });
  made.pass(10 * minute);
  for (let looks = 0; looks < 3; looks += 1) {
    await daemon.look();
    await daemon.quiet();
  }
  expect([tries, made.started.length]).toEqual([1, 1]);
  const why =
    "it failed; it is tried again at 1970-01-01 17:00 UTC, or at once after skein daemon resume";
  expect(await daemon.obey({ command: "status" })).toMatchObject({
    jobs: [{ job: "schedule/bad", is: "waits", why }, { job: "dream" }],
  });
  await daemon.obey({ command: "resume" });
  await expect.poll(() => tries).toBe(2);
  expect(made.log).toContain("told to go on by a person");
});

test("a status tells of what is there now, whoever is here", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let jobs = [{ ...dream, name: "schedule/old" }];
  const daemon = await openDaemon({ ...made.world, jobs: async () => jobs });
  await daemon.look();
  jobs = [{ ...dream, name: "schedule/new" }];
  expect(await daemon.obey({ command: "status" })).toMatchObject({
    held: "you were here less than 10 minutes ago",
    jobs: [{ job: "schedule/new", is: "due", why: "" }],
  });
  expect(await daemon.obey({ command: "run-now", job: "new" })).toMatchObject({
    hint: expect.stringContaining("did you mean schedule/new?"),
  });
});

test("a job that fails again and again rests alone, and says so, until its file is written anew or a person says go on", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let [tries, slot, changedAt] = [0, 0, 1];
  const bad = (): DaemonJob => ({
    name: "schedule/bad",
    changedAt,
    look: async () => ({ kind: "due", slot: String(slot), usd: 0 }),
    start: async () => {
      tries += 1;
      return { ...done, isDone: false, said: "no luck" };
    },
  });
  const daemon = await openDaemon({ ...made.world, jobs: async () => [bad(), dream] });
  const days = async (count: number): Promise<void> => {
    for (let hours = 0; hours < count * 24; hours += 1) {
      made.pass(60 * minute);
      slot += 1;
      await daemon.look();
      await daemon.quiet();
    }
  };
  await days(3);
  expect([tries, made.started.length, await phaseOf(daemon)]).toEqual([3, 1, "idle"]);
  expect(await daemon.obey({ command: "status" })).toMatchObject({
    jobs: [
      {
        job: "schedule/bad",
        is: "waits",
        why: "it failed 3 times in a row and rests until its file is written anew; skein daemon resume, or run-now schedule/bad, tries again",
      },
      { job: "dream" },
    ],
  });
  changedAt = made.world.now();
  await days(3);
  expect(tries).toBe(6);
  await daemon.obey({ command: "resume" });
  await days(3);
  expect(tries).toBe(9);
});

test("why a job is not to be begun at all is asked right before it begins, and keeps no other back", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let asks = 0;
  const theirs: DaemonJob = {
    ...dream,
    name: "schedule/theirs",
    whyNot: async () => {
      asks += 1;
      return "it came with the repository";
    },
    start: () => Promise.reject(new Error("begun all the same")),
  };
  const daemon = await openDaemon({ ...made.world, jobs: async () => [theirs, dream] });
  await daemon.look();
  expect(asks).toBe(0);
  made.pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect([asks, made.started.length]).toEqual([1, 1]);
  expect(made.log).toContain("schedule/theirs waits: it came with the repository");
  expect(await daemon.obey({ command: "status" })).toMatchObject({
    jobs: [{ is: "waits", why: "it came with the repository" }, { is: "settled" }],
  });
});

test("what cannot be done is refused at once when it is asked for by hand; what only waits is not", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  const wrong = { ...dream, name: "schedule/wrong", whyNot: async () => "its file is wrong" };
  const off: DaemonJob = { ...dream, name: "schedule/off", off: "it is switched off" };
  const daemon = await openDaemon({ ...made.world, jobs: async () => [wrong, off] });
  expect(await daemon.obey({ command: "run-now", job: "schedule/wrong" })).toMatchObject({
    kind: "refused",
    text: "schedule/wrong cannot be begun: its file is wrong",
  });
  expect(await daemon.obey({ command: "run-now", job: "schedule/off" })).toMatchObject({
    kind: "said",
  });
  await expect.poll(() => made.started.length).toBe(1);
});

test("who says pause or go on hears what that changes, and nothing else", async () => {
  const made = rig();
  made.act = untilAborted;
  const daemon = await openDaemon(made.world);
  const hears = async (command: "pause" | "resume"): Promise<string> => {
    const answer = await daemon.obey({ command });
    return answer.kind === "said" ? answer.text : answer.kind;
  };
  expect(await hears("resume")).toBe("nothing was paused, and nothing rests");
  expect(await hears("pause")).toBe("paused");
  expect(await hears("pause")).toBe("it is paused already");
  expect(await hears("resume")).toBe("no longer paused");
  made.pass(10 * minute);
  await daemon.look();
  await expect.poll(() => made.started.length).toBe(1);
  expect(await hears("pause")).toBe("paused; dream gives way");
  await daemon.quiet();
});

test.each<readonly [DaemonRequest, string]>([
  [{ command: "pause" }, "paused"],
  [{ command: "resume" }, "no longer paused"],
  [{ command: "dismiss", ids: ["abc"] }, "dismissed"],
])(
  "%j is said to hold for this daemon only when the record cannot be written",
  async (request, done) => {
    const { world } = rig({ ...emptyRecord, isPaused: request.command === "resume" });
    const full = { ...world.records, keep: () => Promise.reject(new Error("no space left")) };
    const daemon = await openDaemon({ ...world, records: full });
    expect(await daemon.obey(request)).toMatchObject({
      kind: "not-kept",
      text: `${done}, but only until this daemon ends: its record .skein/daemon/state.json cannot be written: no space left`,
      hint: "make room on the disk, or see who may write in .skein/daemon; then say it again",
    });
  },
);

test("who waits for what they asked for hears how it ended, or why it was not begun", async () => {
  const made = rig();
  made.act = async () => ({ ...done, isDone: false, said: "no luck" });
  const daemon = await openDaemon(made.world);
  const ask = (job: string): Promise<DaemonAnswer> =>
    daemon.obey({ command: "run-now", job, wait: true });
  expect(await ask("dream")).toEqual({
    kind: "ended",
    job: "dream",
    outcome: "failed",
    said: "no luck",
    usd: 0.1,
  });
  expect(await ask("nap")).toMatchObject({ kind: "refused", text: "there is no job nap" });
  made.act = untilAborted;
  const [first, second] = [ask("dream"), ask("dream")];
  await expect.poll(() => made.started.length).toBe(2);
  await daemon.obey({ command: "pause" });
  for (const one of [first, second])
    expect(await one).toMatchObject({ kind: "ended", outcome: "preempted" });
});

test("who waits while the daemon is told to stop hears that nothing is begun any more", async () => {
  const made = rig();
  const daemon = await withSlowJobs(made);
  const first = daemon.obey({ command: "run-now", job: "dream", wait: true });
  await expect.poll(() => made.started.length).toBe(1);
  const second = daemon.obey({ command: "run-now", job: "tidy", wait: true });
  // Taken in before it is told to stop.
  await daemon.obey({ command: "status" });
  await daemon.obey({ command: "stop" });
  const ending = { kind: "refused", text: "the daemon is ending, and begins nothing" };
  expect(await second).toMatchObject(ending);
  expect(await first).toMatchObject({ kind: "ended", outcome: "preempted" });
  expect(await daemon.obey({ command: "run-now", job: "tidy", wait: true })).toMatchObject(ending);
  await daemon.stopped;
});

test("told to stop, it says what was asked for and was not begun", async () => {
  const made = rig();
  const daemon = await withSlowJobs(made);
  await daemon.obey({ command: "run-now", job: "dream" });
  await expect.poll(() => made.started.length).toBe(1);
  await daemon.obey({ command: "run-now", job: "tidy" });
  const text = "stopping; asked for and not begun: tidy";
  expect(await daemon.obey({ command: "stop" })).toEqual({ kind: "said", text });
  await daemon.stopped;
  expect(made.log).toContain(text);
});

test("what was asked for before a pause is not begun, what is asked for behind it is", async () => {
  const made = rig();
  const daemon = await withSlowJobs(made);
  await daemon.obey({ command: "run-now", job: "dream" });
  await expect.poll(() => made.started.length).toBe(1);
  const waits = daemon.obey({ command: "run-now", job: "tidy", wait: true });
  // Taken in before the pause.
  await daemon.obey({ command: "status" });
  const text = "paused; dream gives way; asked for and not begun: tidy";
  expect(await daemon.obey({ command: "pause" })).toEqual({ kind: "said", text });
  expect(await waits).toMatchObject({
    kind: "refused",
    text: "the daemon was paused before it could begin",
  });
  await daemon.quiet();
  await daemon.look();
  expect(made.started).toHaveLength(1);
  made.act = async () => done;
  expect(await daemon.obey({ command: "run-now", job: "tidy", wait: true })).toMatchObject({
    kind: "ended",
    outcome: "done",
  });
});

test("paused while it is looked whether it can begin, what was asked for is not begun", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let asks = 0;
  const job: DaemonJob = {
    ...dream,
    whyNot: async () => {
      asks += 1;
      // The first is asked before it is taken in.
      if (asks === 2) await daemon.obey({ command: "pause" });
      return undefined;
    },
  };
  const daemon: Daemon = await openDaemon({ ...made.world, jobs: async () => [job] });
  expect(await daemon.obey({ command: "run-now", job: "dream", wait: true })).toMatchObject({
    kind: "refused",
    text: "the daemon was paused before it could begin",
  });
  await daemon.look();
  expect(made.started).toEqual([]);
});

test("the log names the time a schedule is for, and no other slot; an end without words has none", async () => {
  const made = rig();
  made.look = { kind: "due", slot: "2026-05-01T03:00:00.000Z", usd: 0 };
  made.act = async () => ({ ...done, said: "" });
  const daemon = await openDaemon(made.world);
  made.pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  made.look = { kind: "due", slot: "1795827242884.9697 39", usd: 0 };
  await daemon.look();
  await daemon.quiet();
  expect(made.log.slice(-4)).toEqual([
    "dream begins, for 2026-05-01T03:00:00.000Z",
    "dream: done",
    "dream begins",
    "dream: done",
  ]);
});

test("what is refused while the daemon looks whether somebody is there is not begun", async () => {
  const made = rig();
  const [dream] = await made.world.jobs();
  if (dream === undefined) throw new Error("the rig has no job");
  let isTheirs = false;
  const job = { ...dream, whyNot: async () => (isTheirs ? "it is theirs" : undefined) };
  const daemon = await openDaemon({
    ...made.world,
    jobs: async () => [job],
    lastSeen: async () => {
      isTheirs = true;
      return undefined;
    },
  });
  made.pass(10 * minute);
  await daemon.look();
  await daemon.quiet();
  expect(made.started).toEqual([]);
  expect(made.log).toContain("dream waits: it is theirs");
});
