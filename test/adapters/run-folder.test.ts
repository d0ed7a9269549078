import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openPublishRecord } from "../../src/adapters/publish/publish-record.ts";
import { checkRunsFolder, openRunFolder, type RunFolder } from "../../src/adapters/run-folder.ts";
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

test("nothing is written through a link that the repository brought in the place of a file or a folder of runs", async () => {
  const repo = tempRepo({ "a.txt": "mine\n" });
  const runs = join(repo, ".skein/runs");
  mkdirSync(runs, { recursive: true });
  for (const name of [".gitignore", "published.jsonl"]) {
    symlinkSync("../../a.txt", join(runs, name));
    expect(await checkRunsFolder(repo)).toMatchObject({ ok: false });
  }
  await expect(openRunFolder(repo, "r2" as RunId)).rejects.toThrow("ELOOP");
  await expect(openPublishRecord(join(runs, "published.jsonl"))).rejects.toThrow("ELOOP");
  rmSync(runs, { recursive: true });
  symlinkSync("..", runs);
  expect(await checkRunsFolder(repo)).toMatchObject({ ok: false });
  expect(readFileSync(join(repo, "a.txt"), "utf8")).toBe("mine\n");
});

test("a record of what was published that came with the repository says of no branch that it is ours", async () => {
  const commit = "a".repeat(40);
  const at = { key: "k", branch: "main", run: "r", at: 1 };
  const line = `${JSON.stringify({ kind: "prepared", ...at, source: commit, commit })}\n`;
  const repo = tempRepo({ ".skein/runs/published.jsonl": line });
  const entries = async (): Promise<number> => {
    await using record = await openPublishRecord(join(repo, ".skein/runs/published.jsonl"));
    return record.entries().length;
  };
  expect(await entries()).toBe(0);
  git(repo, "rm", "-r", "--cached", "--quiet", ".skein");
  expect(await entries()).toBe(1);
});

test("what was kept of a base is read back as it was; not when it cannot be read, or would hold a secret", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const again = (): Promise<RunFolder> => openRunFolder(repo, "r1" as RunId, ["hunter2-hunter2"]);
  const report = { tests: [["sums", "passed"]] as const, passed: 1, failed: 0, skipped: 0 };
  const folder = await again();
  await folder.keepBaseline("one", { of: "base", report });
  await folder.keepBaseline("silent", { of: "base" });
  await folder.keepBaseline("two", { of: "echo hunter2-hunter2" });
  await folder.keepBaseline("three", { of: "base" });
  writeFileSync(join(folder.path, "baselines", "three.json"), '{"of":1}');
  const next = await again();
  expect(await next.keptBaseline("one")).toEqual({ of: "base", report });
  expect(await next.keptBaseline("silent")).toEqual({ of: "base" });
  expect(await next.keptBaseline("two")).toBeUndefined();
  expect(await next.keptBaseline("three")).toBeUndefined();
});
