import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { spawnSkein } from "../../../src/adapters/daemon/spawn-skein.ts";
import { whyEnded } from "../../../src/core/daemon/why-ended.ts";

async function told(script: string): Promise<readonly [string, readonly number[]]> {
  const cwd = mkdtempSync(join(tmpdir(), "skein-spawn-"));
  const entry = join(cwd, "entry.mjs");
  writeFileSync(entry, script);
  const lengths: number[] = [];
  const { signal } = new AbortController();
  const onLine = (line: string): void => void lengths.push(line.length);
  const end = await spawnSkein([], { entry, cwd, signal, onChild: () => undefined, onLine });
  return [whyEnded("skein dream", end), lengths];
}

test("a line of any length is read: none is dropped in silence", async () => {
  const [, lengths] = await told('console.log("x".repeat(3_000_000)); console.log("end")');
  expect(lengths).toEqual([3_000_000, 3]);
});

test("why a command failed is what it said, or else how it ended, and never nothing", async () => {
  expect((await told('console.error("no room")\nprocess.exitCode = 2'))[0]).toBe(
    "skein dream failed: no room",
  );
  expect((await told("process.exitCode = 2"))[0]).toBe(
    "skein dream ended with exit code 2 and did not say why",
  );
  expect((await told('process.kill(process.pid, "SIGKILL")'))[0]).toBe(
    "skein dream was ended from outside and did not say why",
  );
});

test("what a failed command says to do next is the end of why it failed", () => {
  const errors =
    "skein: a merge is under way\n  in /work/shop\n  next: finish it, or end it with git merge --abort\n";
  expect(whyEnded("skein run", { exitCode: 2, errors })).toBe(
    "skein run failed: a merge is under way\n  in /work/shop; finish it, or end it with git merge --abort",
  );
});
