import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { keepRecord, readOwnRecord } from "../../src/adapters/daemon/record-file.ts";
import { diskFiles } from "../../src/adapters/memory/disk-files.ts";
import { briefPerson, showFirstScreen } from "../../src/cli/brief-person.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { begun, emptyRecord, ended, paused } from "../../src/core/daemon/record.ts";
import { widthOf } from "../../src/core/text-layout.ts";
import type { DaemonRecord } from "../../src/model/daemon.ts";
import { type FakeIo, fakeIo } from "../support/fake-io.ts";
import { tempRepo, writeFiles } from "../support/temp-repo.ts";

/** A repository whose daemon is not at work, with its record as it left it. */
async function leftWith(record: DaemonRecord): Promise<string> {
  const repo = tempRepo({ "a.txt": "a\n" });
  await keepRecord(diskFiles(repo), record);
  return repo;
}

async function daemon(
  repo: string,
  ...args: readonly string[]
): Promise<FakeIo & { code: number }> {
  const io = fakeIo({ env: { XDG_CONFIG_HOME: join(repo, ".none") } });
  const argv = ["node", "skein", "daemon", ...args, "--repo", repo];
  return Object.assign(io, { code: await runCli(argv, io) });
}

const kept = (repo: string): Promise<DaemonRecord> =>
  readOwnRecord(repo, { tell: () => undefined, isOwner: false });

/** Failures of these jobs a minute ago, one after the other. */
function failedJobs(...jobs: readonly string[]): DaemonRecord {
  return jobs.reduce((record, job, at) => {
    const endedAt = Date.now() - 60_000 + at;
    const running = { job, slot: String(at), startedAt: endedAt, byHand: false };
    const end = { outcome: "failed" as const, said: "no", usd: 0, endedAt, proposals: [] };
    return ended(begun(record, running), end);
  }, emptyRecord);
}

test("skein alone says that everything rests, until when, and how to go on", async () => {
  const repo = await leftWith(failedJobs("dream", "tidy", "dream"));
  const io = fakeIo({ columns: 200 });
  await showFirstScreen(repo, io);
  expect(io.err()).toMatch(
    /^the daemon rests:\n {2}3 jobs failed in a row; it rests until [^\n]*, or skein daemon resume$/m,
  );
});

test("skein alone names a job that rests alone, as long as its file is there and is the same", async () => {
  const repo = await leftWith(failedJobs("schedule/a", "schedule/a", "schedule/a"));
  const screen = async (): Promise<string> => {
    const io = fakeIo({ columns: 200 });
    await showFirstScreen(repo, io);
    return io.err();
  };
  expect(await screen()).not.toContain("rests");
  writeFiles(repo, { ".skein/schedules/a.md": "" });
  // Written after it failed.
  expect(await screen()).not.toContain("rests");
  const late = { ...(await kept(repo)) };
  const ends = late.ended.map((end) => ({ ...end, endedAt: Date.now() + 60_000 }));
  await keepRecord(diskFiles(repo), { ...late, ended: ends });
  expect(await screen()).toContain("schedule/a: it failed 3 times in a row and rests until");
});

test.each([80, 120])(
  "who is back hears before a command, in a window of %d columns, what has room in its lines",
  async (columns) => {
    const said = "the result of what was looked for all over the place ".repeat(9).trim();
    const running = { job: "schedule/nightly", slot: "1", startedAt: 1, byHand: false };
    const command = "skein apply 261128-001237-abcd";
    const proposals = [{ about: "schedule/nightly", text: said, command, hangsOn: [] }];
    const end = { outcome: "done" as const, said, usd: 0, endedAt: Date.now(), proposals };
    const repo = await leftWith(ended(begun(emptyRecord, running), end));
    const io = fakeIo({ isTTY: true, columns });
    await briefPerson({ repo }, io);
    const lines = io.err().trimEnd().split("\n");
    expect(lines).toHaveLength(6);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    expect(lines[5]?.trim()).toBe(command);
  },
);

test("a daemon that is not at work is told to go on, and the next one does", async () => {
  const repo = await leftWith(paused(failedJobs("dream", "tidy", "dream")));
  const told = await daemon(repo, "resume");
  expect([told.code, told.err()]).toEqual([
    0,
    "skein: no longer paused; the daemon is not at work: skein daemon start\n",
  ]);
  expect(await kept(repo)).toMatchObject({ isPaused: false, resumedAt: expect.any(Number) });
  expect((await daemon(repo, "status")).out()).not.toMatch(/waits +3 jobs failed/);
  expect((await daemon(repo, "resume")).err()).toContain("nothing was paused, and nothing rests");
});

test("a daemon that is not at work is told to pause, and the next one is paused", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const told = await daemon(repo, "pause");
  const next =
    "; the daemon is not at work, and the next one begins nothing until skein daemon resume\n";
  expect([told.code, told.err()]).toEqual([0, `skein: paused${next}`]);
  expect(await kept(repo)).toMatchObject({ isPaused: true });
  expect((await daemon(repo, "status")).out()).toMatch(/waits +paused by a person/);
  expect((await daemon(repo, "pause")).err()).toBe(`skein: it is paused already${next}`);
});

test("who goes on where there never was a daemon leaves nothing there", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  expect((await daemon(repo, "resume")).err()).toContain("nothing was paused");
  expect(existsSync(join(repo, ".skein/daemon"))).toBe(false);
});

test.each([
  ["pause", false],
  ["resume", true],
])("%s is not said to be done when it cannot be written", async (word, isPaused) => {
  const repo = await leftWith({ ...emptyRecord, isPaused });
  mkdirSync(join(repo, ".skein/daemon/state.json.draft"));
  const told = await daemon(repo, word);
  expect(told.code).toBe(1);
  expect(told.err()).toContain("the daemon's record cannot be written; nothing has changed");
  expect(await kept(repo)).toMatchObject({ isPaused });
});

test("a record that cannot be read is told of, and pause says that nothing has changed", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  mkdirSync(join(repo, ".skein/daemon/state.json"), { recursive: true });
  const told = await daemon(repo, "pause");
  expect([told.code, told.err()]).toEqual([1, expect.stringContaining("nothing has changed")]);
});

test("a daemon that cannot use its folder says so, and is no bug", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(repo, { ".skein/daemon": "" });
  const told = await daemon(repo, "run");
  expect(told.code).toBe(1);
  expect(told.err()).toMatch(
    /^skein: the daemon's folder \.skein\/daemon cannot be used\n {2}EEXIST[^\n]*\n {2}next: make room/,
  );
});

test("who stops or asks a daemon that is not at work hears that there is none", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  expect((await daemon(repo, "stop")).err()).toBe(`skein: no daemon is at work in ${repo}\n`);
  expect((await daemon(repo, "run-now", "tidy")).err()).toContain("next: skein daemon start");
});

test("told to dismiss all where nothing is proposed, it says so", async () => {
  const told = await daemon(await leftWith(emptyRecord), "dismiss", "--all");
  expect([told.code, told.err()]).toEqual([0, "skein: nothing is proposed\n"]);
});
