import { beforeAll, expect, test } from "vitest";

import {
  killableRun,
  type KillPoint,
  type Left,
  leftBy,
  runKilled,
} from "../support/killed-run.ts";

/** Every entry and 200 times with `npm run test:kill`; otherwise a sample, so that the whole test run stays short. */
const isWhole = process.env["SKEIN_KILL"] === "all";
const lanes = 2;
const longest = isWhole ? 4 * 3_600_000 : 1_200_000;

let whole: Left;
let entries: number;
let wholeMs: number;
beforeAll(async () => {
  const { repo, planFile } = killableRun();
  const startedAt = performance.now();
  const ran = await runKilled(["run", planFile, "--repo", repo], undefined);
  wholeMs = performance.now() - startedAt;
  expect(ran.exitCode, ran.stderr).toBe(0);
  entries = ran.entries;
  whole = leftBy(repo);
});

/** Killed once or more, then let go on: the repository is as if nobody had touched the run. */
async function surviving(points: readonly KillPoint[]): Promise<void> {
  const { repo, planFile } = killableRun();
  const [first, ...rest] = points;
  let ran = await runKilled(["run", planFile, "--repo", repo], first);
  for (const point of [...rest, undefined]) {
    if (ran.exitCode !== undefined) break;
    ran = await runKilled(["resume", "--repo", repo], point);
    // Killed before it had written that it began: there is nothing to go on with.
    if (ran.exitCode === 2 && /has no runs|had not begun|it never started/.test(ran.stderr))
      ran = await runKilled(["run", planFile, "--repo", repo], undefined);
  }
  expect(ran.exitCode, `${JSON.stringify(points)}\n${ran.stderr}`).toBe(0);
  expect(leftBy(repo), JSON.stringify(points)).toEqual(whole);
}

/** All of them are tried, whatever becomes of one. */
async function survivingAll(all: readonly (readonly KillPoint[])[]): Promise<void> {
  const waiting = [...all];
  const failures: unknown[] = [];
  const lane = async (): Promise<void> => {
    for (let points = waiting.shift(); points !== undefined; points = waiting.shift())
      await surviving(points).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0)
    throw new AggregateError(
      failures,
      `${failures.length} of ${all.length} kills:\n${failures.map(String).join("\n")}`,
    );
}

const everySample = 12;

test(
  "killed after any entry of its journal, a run of twelve units ends as if it had not been",
  async () => {
    const numbers = Array.from({ length: entries }, (_, at) => at).filter(
      (at) => isWhole || at % everySample === 4 || at === entries - 1,
    );
    expect(numbers.length).toBeGreaterThan(5);
    await survivingAll(numbers.map((number) => [{ kind: "entry", number }]));
  },
  longest,
);

test(
  "killed at any time, and killed again while it goes on, it ends so too",
  async () => {
    const times = Array.from({ length: isWhole ? 200 : 4 }, () => Math.random() * wholeMs);
    await survivingAll(
      times.map((ms, at) => [
        { kind: "time", ms },
        ...(at % 2 === 0 ? [{ kind: "time", ms: Math.random() * wholeMs } as const] : []),
      ]),
    );
  },
  longest,
);
