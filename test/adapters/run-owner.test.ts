import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { claimFolder, claimRun, isOwnerAlive } from "../../src/adapters/run-owner.ts";

const source = resolve("src/adapters/run-owner.ts");

function runFolder(): string {
  return mkdtempSync(join(tmpdir(), "skein-owner-"));
}

/** A process that claims the run, says what came of it, and stays until its input ends. */
function claimant(folder: string): ChildProcessWithoutNullStreams {
  const script = `
    const { claimRun } = await import(${JSON.stringify(source)});
    const claimed = await claimRun(${JSON.stringify(folder)});
    console.log(claimed.ok ? "mine" : claimed.error.message);
    if (claimed.ok) process.stdin.resume();
  `;
  return spawn(process.execPath, ["--input-type=module", "-e", script]);
}

async function firstWordsOf(claiming: ChildProcessWithoutNullStreams): Promise<string> {
  const [said] = (await once(claiming.stdout, "data")) as [Buffer];
  return said.toString().trim();
}

test("of many processes that claim a run at once, one gets it", async () => {
  const folder = runFolder();
  // Somebody who is gone had it before.
  const gone = spawn("true");
  writeFileSync(
    join(folder, "owner-1.json"),
    JSON.stringify({ pid: gone.pid ?? 1, startedAt: "1" }),
  );
  const all = Array.from({ length: 6 }, () => claimant(folder));
  const said = await Promise.all(all.map(firstWordsOf));
  expect(said.filter((line) => line === "mine")).toHaveLength(1);
  expect(said.filter((line) => line.startsWith("another process is at work"))).toHaveLength(5);
  expect(await isOwnerAlive(folder)).toBe(true);
  const ended = all.map(async (one) => one.exitCode ?? once(one, "exit"));
  for (const one of all) one.stdin.end();
  await Promise.all(ended);
  expect(await isOwnerAlive(folder)).toBe(false);
});

test("a run is claimed again by who has it, and a number that is used again is no owner", async () => {
  const folder = runFolder();
  writeFileSync(
    join(folder, "owner-7.json"),
    JSON.stringify({ pid: process.pid, startedAt: "another time" }),
  );
  expect(await isOwnerAlive(folder)).toBe(false);
  expect((await claimRun(folder)).ok).toBe(true);
  expect((await claimRun(folder)).ok).toBe(true);
  expect(readdirSync(folder).toSorted()).toEqual(["owner-7.json", "owner-8.json"]);
});

/** A process that claims one folder after the other, when it is told to. */
function serialClaimant(folders: readonly string[]): ChildProcessWithoutNullStreams {
  const script = `
    const { claimRun } = await import(${JSON.stringify(source)});
    const { createInterface } = await import("node:readline");
    const folders = ${JSON.stringify(folders)};
    console.log("ready");
    for await (const line of createInterface({ input: process.stdin })) {
      const claimed = await claimRun(folders[Number(line)]);
      console.log(claimed.ok ? "mine" : "taken");
    }
  `;
  return spawn(process.execPath, ["--input-type=module", "-e", script]);
}

test("of a thousand races, each has one winner", async () => {
  const folders = Array.from({ length: 1_000 }, runFolder);
  const all = Array.from({ length: 3 }, () => serialClaimant(folders));
  const said = await Promise.all(all.map(firstWordsOf));
  expect(said).toEqual(["ready", "ready", "ready"]);
  const winners: number[] = [];
  for (const at of folders.keys()) {
    const words = all.map(firstWordsOf);
    for (const one of all) one.stdin.write(`${at}\n`);
    winners.push((await Promise.all(words)).filter((word) => word === "mine").length);
  }
  expect(winners).toEqual(folders.map(() => 1));
  const ended = all.map((one) => once(one, "exit"));
  for (const one of all) one.stdin.end();
  await Promise.all(ended);
});

test("an owner that cannot be seen from here is alive while it touches its file, and not for long after", async () => {
  const elsewhere = [
    { pid: process.pid, startedAt: "1", boot: "another start of a machine" },
    { pid: process.pid, startedAt: "1", pidSpace: "pid:[1]" },
  ];
  for (const owner of elsewhere) {
    const folder = runFolder();
    const file = join(folder, "owner-1.json");
    writeFileSync(file, JSON.stringify(owner));
    expect(await claimRun(folder)).toMatchObject({
      ok: false,
      error: { hint: expect.stringContaining("another container or on another machine") },
    });
    const before = new Date(Date.now() - 120_000);
    utimesSync(file, before, before);
    expect(await isOwnerAlive(folder)).toBe(false);
    expect((await claimRun(folder)).ok).toBe(true);
    expect(readdirSync(folder).toSorted()).toEqual(["owner-1.json", "owner-2.json"]);
  }
});

test("what killed owners of a folder left behind is taken away, but the last one's", async () => {
  const folder = runFolder();
  const gone = { pid: process.pid, startedAt: "another time" };
  for (const number of [1, 2, 5, 6])
    writeFileSync(join(folder, `owner-${number}.json`), JSON.stringify(gone));
  const claimed = await claimFolder(folder, "the folder");
  expect(readdirSync(folder).toSorted()).toEqual(["owner-6.json", "owner-7.json"]);
  if (claimed.ok) await claimed.value();
  expect(readdirSync(folder)).toEqual(["owner-6.json"]);
});

test("a claim that finds an owner alive behind an older number is given up", async () => {
  const folder = runFolder();
  // One that cannot be seen from here, and has touched its file just now.
  const slow = { pid: 1, startedAt: "1", boot: "another start of a machine" };
  writeFileSync(join(folder, "owner-3.json"), JSON.stringify(slow));
  writeFileSync(
    join(folder, "owner-4.json"),
    JSON.stringify({ pid: process.pid, startedAt: "another time" }),
  );
  expect(await claimFolder(folder, "the folder")).toMatchObject({ ok: false });
  expect(readdirSync(folder).toSorted()).toEqual(["owner-3.json", "owner-4.json"]);
});

test("an owner's file that a power cut left empty or torn belongs to nobody", async () => {
  const folder = runFolder();
  for (const [at, text] of ["", '{"pid":1,"star', "[]", '{"pid":-1,"startedAt":"1"}'].entries()) {
    writeFileSync(join(folder, `owner-${at + 1}.json`), text);
    expect(await isOwnerAlive(folder)).toBe(false);
  }
  expect((await claimRun(folder)).ok).toBe(true);
  const mine = JSON.parse(readFileSync(join(folder, "owner-5.json"), "utf8")) as object;
  expect(mine).toMatchObject({ pid: process.pid });
});
