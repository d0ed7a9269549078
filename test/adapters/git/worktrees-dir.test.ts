import { chmodSync, mkdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { worktreesDir } from "../../../src/adapters/git/worktrees-dir.ts";
import { tempFolder, valueOf } from "./temp-repo.ts";

const uid = process.getuid?.() ?? 0;

test("the folder for worktrees is made for the user alone, and found again", async () => {
  const parent = tempFolder();
  const path = valueOf(await worktreesDir({ uid, parent }));
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(valueOf(await worktreesDir({ uid, parent }))).toBe(path);
  rmSync(parent, { recursive: true });
});

test("a folder that others can write to, or a link in its place, is not used", async () => {
  const parent = tempFolder();
  const path = join(parent, `skein-${uid}`);
  mkdirSync(path);
  chmodSync(path, 0o777);
  expect(await worktreesDir({ uid, parent })).toMatchObject({
    error: { hint: expect.stringContaining("chmod 700") },
  });
  rmSync(path, { recursive: true });
  mkdirSync(join(parent, "elsewhere"));
  symlinkSync("elsewhere", path);
  expect(await worktreesDir({ uid, parent })).toMatchObject({ ok: false });
  rmSync(parent, { recursive: true });
});
