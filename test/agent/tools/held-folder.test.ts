import { existsSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { readTextFile } from "../../../src/agent/tools/file-content.ts";
import { locate, type NamedPath } from "../../../src/agent/tools/path-refusal.ts";
import { readLines } from "../../../src/agent/tools/read-lines.ts";
import { writeWhole } from "../../../src/agent/tools/write-whole.ts";
import { tempTree } from "../agent-rig.ts";

/** A path of a worktree, and a worktree in which a link has taken the place of a folder on it since it was looked at. */
async function movedUnder(named: string): Promise<{ path: NamedPath; outside: string }> {
  const root = tempTree({ "a/b/f.txt": "inside" });
  const outside = tempTree({ "f.txt": "secret", "b/f.txt": "secret" });
  const located = await locate({ root, write: ["**"] }, named);
  if (!located.ok) throw new Error(located.error);
  renameSync(join(root, "a"), join(root, "was-a"));
  symlinkSync(outside, join(root, "a"));
  return { path: located.value, outside };
}

test("a folder that became a link after it was looked at is not read through", async () => {
  const { path } = await movedUnder("a/b/f.txt");
  for (const read of [await readTextFile(path, ""), await readLines(path, [1, -1])]) {
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain("secret");
  }
});

test("a file that became a link after it was looked at is neither read nor written through", async () => {
  const root = tempTree({ "f.txt": "inside" });
  const outside = join(tempTree({ "f.txt": "secret" }), "f.txt");
  const located = await locate({ root, write: ["**"] }, "f.txt");
  if (!located.ok) throw new Error(located.error);
  renameSync(join(root, "f.txt"), join(root, "was.txt"));
  symlinkSync(outside, join(root, "f.txt"));
  expect((await readTextFile(located.value, "")).ok).toBe(false);
  await writeWhole(located.value, "mine");
  expect(readFileSync(join(root, "f.txt"), "utf8")).toBe("mine");
  expect(readFileSync(outside, "utf8")).toBe("secret");
});

test.each(["a/b/f.txt", "a/new.txt", "a/b/c/d/new.txt"])(
  "nothing is written through such a folder: %s",
  async (named) => {
    const { path, outside } = await movedUnder(named);
    await expect(writeWhole(path, "mine")).rejects.toThrow("a part of its path is no folder");
    expect(readFileSync(join(outside, "b/f.txt"), "utf8")).toBe("secret");
    expect(["new.txt", "b/c"].some((name) => existsSync(join(outside, name)))).toBe(false);
  },
);
