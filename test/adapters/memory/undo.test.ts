import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";

test("a generation that is taken back, and the one before it, are read once each", async () => {
  const repo = mkdtempSync(join(tmpdir(), "skein-undo-"));
  const disk = diskFiles(repo);
  const reads: string[] = [];
  const store = openMemoryStore(repo, {
    clock: { now: () => 0 },
    files: {
      ...disk,
      read: (path) => {
        reads.push(path);
        return disk.read(path);
      },
    },
    brought: () => Promise.resolve(() => false),
  });
  const dreamt = (text: string) =>
    store.commit({
      files: new Map([["project/one.md", text]]),
      read: [],
      edits: [],
      absorbed: new Map(),
      diff: "",
      report: {},
    });
  for (const text of ["one\n", "two\n", "three\n"]) await dreamt(text);
  reads.length = 0;
  expect(await store.undo(2)).toMatchObject({ ok: true, value: { generation: 1 } });
  expect(reads.filter((path) => /\d\.json$/.test(path)).toSorted()).toEqual([
    "memory.gen/1.json",
    "memory.gen/2.json",
    "memory.gen/3.json",
  ]);
  expect(await disk.read("memory/project/one.md")).toBe("one\n");
});
