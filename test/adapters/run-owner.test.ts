import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { claimRun, isOwnerAlive } from "../../src/adapters/run-owner.ts";

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
}, 60_000);

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
