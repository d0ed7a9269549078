import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { keepOutOfGit } from "../../../src/adapters/memory/keep-out-of-git.ts";

test("a folder that two processes make at once is there for both", async () => {
  const repo = mkdtempSync(join(tmpdir(), "skein-ignored-"));
  const disk = diskFiles(repo);
  let isFirst = true;
  const overtaken = {
    ...disk,
    rename: async (from: string, to: string): Promise<void> => {
      if (isFirst) await keepOutOfGit(disk, ["memory"]);
      isFirst = false;
      await disk.rename(from, to);
    },
  };
  await keepOutOfGit(overtaken, ["memory"]);
  expect(readFileSync(join(repo, ".skein/memory/.gitignore"), "utf8")).toBe("*\n");
});
