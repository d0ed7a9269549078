import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { inboxDir } from "../../../src/adapters/memory/inbox.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";
import { readLedger } from "../../../src/core/memory/ledger.ts";
import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import { byHand } from "../../../src/model/memory-observation.ts";
import type { MemoryFiles } from "../../../src/ports/memory-files.ts";

function typed(text: string): MemoryEntry {
  const at = "2026-05-01T00:00:00.000Z";
  return { type: "observed", observation: { session: byHand, seq: 7, at, origin: "user", text } };
}

const noneBrought = () => Promise.resolve(() => false);

function storeIn(repo: string, files: MemoryFiles = diskFiles(repo)) {
  const store = openMemoryStore(repo, { clock: { now: () => 0 }, files, brought: noneBrought });
  const texts = async (): Promise<readonly string[]> => {
    const found = await store.snapshot();
    const entries = found.ok ? found.value.segments.flatMap((segment) => segment.entries) : [];
    return readLedger(entries).observations.map(({ text }) => text);
  };
  return { ...store, texts };
}

test("what two say at one moment, under one name, is both kept; what is said twice is kept once", async () => {
  const store = storeIn(mkdtempSync(join(tmpdir(), "skein-names-")));
  for (const text of ["one", "two", "two", "one"]) await store.takeIn([typed(text)], "decided");
  expect(await store.texts()).toEqual(["one", "two"]);
});

test.each([
  ["one", "two"],
  ["two", "one"],
])("%s is kept, too, when %s is said while it is written", async (text, other) => {
  const repo = mkdtempSync(join(tmpdir(), "skein-names-"));
  const disk = diskFiles(repo);
  let isFirst = true;
  const store = storeIn(repo, {
    ...disk,
    list: async (path) => {
      const found = await disk.list(path);
      if (path === inboxDir && isFirst) {
        isFirst = false;
        await storeIn(repo).takeIn([typed(other)], "decided");
      }
      return found;
    },
  });
  await store.takeIn([typed(text)], "decided");
  expect(new Set(await store.texts())).toEqual(new Set(["one", "two"]));
});
