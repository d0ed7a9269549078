import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { broughtBelow, isTracked } from "../../../src/adapters/git/brought-below.ts";
import { git, tempRepo, writeFiles } from "../../support/temp-repo.ts";

test("what git tracks came with the repository, also seen from a folder in it; what it ignores or does not know did not", async () => {
  const repo = tempRepo({
    ".skein/runs/r1/journal.jsonl": "",
    "sub/.skein/schedules/theirs.md": "",
    ".gitignore": "*.local\n",
  });
  writeFiles(repo, { ".skein/runs/r2/journal.jsonl": "", ".skein/x.local": "" });
  const brought = await broughtBelow(repo, ".skein");
  expect(["runs", "runs/r1", "runs/r1/journal.jsonl", "runs/r2", "x.local"].map(brought)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(await isTracked(repo, join(repo, ".skein/runs/r1"))).toBe(true);
  const below = await broughtBelow(join(repo, "sub"), ".skein/schedules");
  expect([below("theirs.md"), below("mine.md")]).toEqual([true, false]);
});

test("what is behind a link or in a submodule of the repository came with it, whatever git lists", async () => {
  const repo = tempRepo({ "ci/runs/r1/journal.jsonl": "" });
  mkdirSync(join(repo, ".skein"));
  symlinkSync("../ci/runs", join(repo, ".skein/runs"));
  const inside = join(repo, ".skein/schedules");
  writeFiles(inside, { "evil.md": "" });
  git(inside, "init", "--quiet");
  git(inside, "add", "--all");
  git(inside, "commit", "--quiet", "--message=x");
  git(repo, "-c", "advice.addEmbeddedRepo=false", "add", "--all");
  const brought = await broughtBelow(repo, ".skein");
  expect(["runs/r1", "schedules/evil.md", "drop/a.yaml"].map(brought)).toEqual([true, true, false]);
});

test("letters' case does not count, as it does not on some disks", async () => {
  const repo = tempRepo({ ".Skein/Schedules/evil.md": "" });
  expect((await broughtBelow(repo, ".skein/schedules"))("evil.md")).toBe(true);
});

test("where git cannot say, everything came with the repository; outside of any, nothing did", async () => {
  const repo = tempRepo({ "a.txt": "" });
  writeFileSync(join(repo, ".git/index"), "no index");
  expect((await broughtBelow(repo, ".skein"))("drop/a.yaml")).toBe(true);
  rmSync(join(repo, ".git/HEAD"));
  expect((await broughtBelow(repo, ".skein"))("drop/a.yaml")).toBe(true);
  const plain = mkdtempSync(join(tmpdir(), "skein-plain-"));
  expect((await broughtBelow(plain, ".skein"))("drop/a.yaml")).toBe(false);
});
