import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";
import type { MemoryFiles } from "../../../src/ports/memory-files.ts";

test("who looks while another process commits sees memory at one moment, and no edit that nobody made", async () => {
  const repo = mkdtempSync(join(tmpdir(), "skein-looks-"));
  const disk = diskFiles(repo);
  const storeOn = (files: MemoryFiles) =>
    openMemoryStore(repo, {
      clock: { now: () => 0 },
      files,
      brought: () => Promise.resolve(() => false),
    });
  const commit = (text: string) =>
    storeOn(disk).commit({
      files: new Map([["project/one.md", text]]),
      read: [],
      edits: [],
      absorbed: new Map(),
      diff: "",
      report: {},
    });
  await commit("one\n");
  let isFirst = true;
  const looking = storeOn({
    ...disk,
    list: async (path) => {
      if (path === "memory/project" && isFirst) {
        isFirst = false;
        await commit("two\n");
      }
      return disk.list(path);
    },
  });
  const files = new Map([["project/one.md", "two\n"]]);
  expect(await looking.snapshot()).toMatchObject({
    ok: true,
    value: { generation: 2, files, tree: files },
  });
  expect(isFirst).toBe(false);
});
