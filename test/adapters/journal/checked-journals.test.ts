import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { afterEach, expect, test, vi } from "vitest";

import { openCheckedJournals } from "../../../src/adapters/journal/checked-journals.ts";
import { parseJournal } from "../../../src/adapters/journal/parse-journal.ts";
import { readJournal } from "../../../src/adapters/run-store.ts";
import type { RunId } from "../../../src/model/ids.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

const lineOf = (seq: number): string =>
  `${JSON.stringify({
    seq,
    at: seq,
    event: { kind: "unit-state", unit: `each[${seq}]`, attempt: 1, state: "acting" },
  })}\n`;
const many = Buffer.from(Array.from({ length: 3_000 }, (_, seq) => lineOf(seq)).join(""));

function checked() {
  const cache = mkdtempSync(join(tmpdir(), "skein-test-"));
  const build = join(cache, "build.js");
  writeFileSync(build, "");
  const open = () => openCheckedJournals({ XDG_CACHE_HOME: cache }, pathToFileURL(build));
  return { cache, build, open };
}

test("what was checked is known as long as no byte of it has changed, and by the build that checked it", async () => {
  const { build, open } = checked();
  expect(await open().known("/a", many)).toBe(0);
  await open().note("/a", many);
  const more = Buffer.concat([many, Buffer.from(lineOf(3_000))]);
  expect(await open().known("/a", more)).toBe(many.length);
  expect(await open().known("/b", more)).toBe(0);
  expect(await open().known("/a", many.subarray(1))).toBe(0);
  const other = Buffer.from(more);
  other[1_000] = 0x20;
  expect(await open().known("/a", other)).toBe(0);
  utimesSync(build, 1, 1);
  expect(await open().known("/a", more)).toBe(0);
});

test("short journals are not noted: they are read at once", async () => {
  const { cache, open } = checked();
  await open().note("/a", many.subarray(0, 1_000));
  expect(readdirSync(cache)).toEqual(["build.js"]);
});

test("a journal reads the same whether or not its beginning was checked before", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skein-test-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
  const run = { id: "261127-042140-x3w4" as RunId, folder };
  const read = async (bytes: Uint8Array) => {
    writeFileSync(join(folder, "journal.jsonl"), bytes);
    return readJournal(run);
  };
  expect(await read(many)).toEqual({ ok: true, value: parseJournal(many) });
  expect(readdirSync(join(folder, "skein", "journals"))).toHaveLength(1);
  const damaged = Buffer.concat([many, Buffer.from("{}\n"), Buffer.from(lineOf(3_001))]);
  const torn = Buffer.concat([many, Buffer.from('{"seq":')]);
  for (const bytes of [many, damaged, torn])
    expect(await read(bytes)).toEqual({ ok: true, value: parseJournal(bytes) });
});
