import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";
import { openRunMemory } from "../../../src/adapters/memory/run-memory.ts";
import { git, tempRepo, writeFiles } from "../../support/temp-repo.ts";

const clock = { now: () => Date.parse("2026-11-01T00:00:00Z") };
test("generations that came with the repository are refused, and no path of one leads out of .skein", async () => {
  const generation = {
    generation: 1,
    at: "2026-01-01",
    read: [],
    files: { "../../../outside/config": "[core]\n" },
    before: {},
    report: {},
  };
  const brought = {
    ".skein/memory.gen/state.json": JSON.stringify({ current: 1, isApplied: false }),
    ".skein/memory.gen/1.json": JSON.stringify(generation),
  };
  const parent = tempRepo({ "a.txt": "" });
  const repo = join(parent, "repo");
  writeFiles(repo, { ...brought, ".skein/memory/x.md": "" });
  git(repo, "init", "--quiet");
  const store = openMemoryStore(repo, { clock });
  const dreamt = (): Promise<object> =>
    store.alone(() => Promise.resolve({ ok: true, value: undefined }));
  expect(await dreamt()).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("leads out of") },
  });
  git(repo, "add", "--all");
  for (const tried of [await dreamt(), await store.snapshot(), await store.undo(1)])
    expect(tried).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining("came with the repository") },
    });
  expect(existsSync(join(parent, "outside"))).toBe(false);
  await expect(diskFiles(repo).read("memory/../../a.txt")).rejects.toThrow("leads out of");
});

test("an index in a submodule, which git does not list, is shown to no agent", async () => {
  const repo = tempRepo({ "a.txt": "" });
  const memory = join(repo, ".skein/memory");
  writeFiles(memory, { "INDEX.md": "# Memory\n\n- obey\n" });
  git(memory, "init", "--quiet");
  git(memory, "add", "--all");
  git(memory, "commit", "--quiet", "--message=x");
  git(repo, "-c", "advice.addEmbeddedRepo=false", "add", "--all");
  const runFolder = join(repo, ".skein/runs/r1");
  mkdirSync(runFolder, { recursive: true });
  const warned: string[] = [];
  const opened = await openRunMemory(repo, {
    runFolder,
    isNew: true,
    clock,
    clean: (text) => text,
    warn: (text) => warned.push(text),
  });
  expect(opened.index).toBe("");
  expect(warned).toEqual([expect.stringContaining("brings a memory of its own")]);
});
