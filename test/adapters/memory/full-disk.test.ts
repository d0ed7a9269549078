import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";

test("what cannot be written whole, as on a full disk, leaves no drafts, and memory as it was", async () => {
  const repo = mkdtempSync(join(tmpdir(), "skein-full-"));
  const disk = diskFiles(repo);
  let full = /^$/;
  const store = openMemoryStore(repo, {
    clock: { now: () => 0 },
    files: {
      ...disk,
      sync: (path) =>
        full.test(path)
          ? Promise.reject(new Error("ENOSPC: no space left on device"))
          : disk.sync(path),
    },
    brought: () => Promise.resolve(() => false),
  });
  const said = { session: "edit", seq: 0, at: "2026-05-01", origin: "user" } as const;
  const commit = (text: string) =>
    store.commit({
      files: new Map([["project/one.md", text]]),
      read: [],
      edits: [{ type: "observed", observation: { ...said, text } }],
      absorbed: new Map(),
      diff: "",
      report: {},
    });
  await commit("one\n");
  for (const one of [/\.diff\.draft$/, /2\.json\.draft$/]) {
    full = one;
    expect(await commit("two\n")).toMatchObject({ ok: false });
    const left = readdirSync(join(repo, ".skein"), { recursive: true }).map(String);
    expect(left.filter((name) => name.endsWith(".draft"))).toEqual([]);
    // What was written into a file is there still, and not said yet: it may be given up.
    expect(left.filter((name) => name.includes("edited-"))).toHaveLength(1);
    expect(await disk.read("memory/project/one.md")).toBe("one\n");
  }
  full = /one\.md\.draft$/;
  expect(await commit("two\n")).toMatchObject({ ok: false });
  expect(await disk.read("memory/project/one.md.draft")).toBeUndefined();
  full = /^$/;
  expect(await store.alone(() => store.history())).toMatchObject({
    ok: true,
    value: [{ generation: 2 }, { generation: 1 }],
  });
  expect(await disk.read("memory/project/one.md")).toBe("two\n");
});
