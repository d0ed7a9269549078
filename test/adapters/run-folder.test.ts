import { execFileSync } from "node:child_process";
import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openRunFolder, type RunFolder } from "../../src/adapters/run-folder.ts";
import type { RunId, UnitId } from "../../src/model/ids.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const unit = "edit[src/a b.js]" as UnitId;

async function open(): Promise<{
  readonly repo: string;
  readonly folder: RunFolder;
  readonly outDir: string;
}> {
  const repo = tempRepo({ "a.txt": "one\n" });
  const folder = await openRunFolder(repo, "r1" as RunId);
  return { repo, folder, outDir: await folder.makeOutDir(unit, 1) };
}

test("what a run keeps does not show in the user's git status", async () => {
  const { repo, folder } = await open();
  await folder.writeLog(unit, "output");
  expect(git(repo, "status", "--porcelain", "--untracked-files=all")).toBe("");
});

test("an output file is read; a missing one is no error", async () => {
  const { folder, outDir } = await open();
  writeFileSync(join(outDir, "list.txt"), "a\nb\n");
  expect(await folder.readOutput(outDir, "list.txt")).toEqual({ ok: true, value: "a\nb\n" });
  expect(await folder.readOutput(outDir, "none.txt")).toEqual({ ok: true, value: undefined });
});

test("an output that leads out of its folder, is a pipe, or is huge, is refused", async () => {
  const { folder, outDir } = await open();
  symlinkSync("/etc/passwd", join(outDir, "link"));
  execFileSync("mkfifo", [join(outDir, "pipe")]);
  writeFileSync(join(outDir, "huge"), Buffer.alloc(33 * 1024 * 1024));
  for (const name of ["link", "pipe", "huge", "../../journal.jsonl"]) {
    const read = await folder.readOutput(outDir, name);
    expect(read).toMatchObject(
      existsSync(join(outDir, name)) ? { ok: false } : { ok: true, value: undefined },
    );
  }
});

test("a new attempt starts with an empty output folder", async () => {
  const { folder, outDir } = await open();
  writeFileSync(join(outDir, "old"), "x");
  expect(await folder.makeOutDir(unit, 1)).toBe(outDir);
  expect(existsSync(join(outDir, "old"))).toBe(false);
});
