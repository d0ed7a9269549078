import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openStepCache } from "../../../src/adapters/step-cache/open-step-cache.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { CachedStep } from "../../../src/ports/step-cache.ts";

function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), "skein-cache-"));
}

const commit = "a".repeat(40) as CommitId;
const step: CachedStep = {
  outcome: "done",
  by: "261126-120000-abcd",
  outputs: { n: [1, "two"] },
  patch: { base: commit, commit },
};

function opened(home: string, more: object = {}): ReturnType<typeof openStepCache> {
  return openStepCache({ env: { XDG_CACHE_HOME: home }, repo: "/repo", known: [], ...more });
}

function folderOf(home: string): string {
  const steps = join(home, "skein", "steps");
  return join(steps, readdirSync(steps)[0] ?? "");
}

test("what was kept is found by its key, by another process as well, and no part of the key can be read", async () => {
  const home = tempFolder();
  const cache = opened(home);
  const key = cache.keyOf({ env: { A: "hush-hush", B: "2" }, inputs: { x: "1" } });
  expect(cache.keyOf({ inputs: { x: "1" }, env: { B: "2", A: "hush-hush" } }).key).toBe(key.key);
  expect(await cache.find(key.key)).toBeUndefined();
  expect(await cache.keep("u", key, step)).toEqual({ gone: [] });
  expect(await opened(home).find(key.key)).toEqual(step);
  expect(await opened(home).lastOf("u")).toEqual(key.digests);
  expect(await opened(home, { repo: "/other" }).find(key.key)).toBeUndefined();
  const folder = folderOf(home);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), "utf8")).not.toContain("hush-hush");
});

test("a file that was tampered with, and a folder that others may write to, hold nothing", async () => {
  const home = tempFolder();
  const cache = opened(home);
  const key = cache.keyOf({ inputs: { x: "1" } });
  await cache.keep("u", key, step);
  const file = join(folderOf(home), `${key.key}.json`);
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("two", "six"));
  expect(await cache.find(key.key)).toBeUndefined();
  writeFileSync(file, text);
  expect(await cache.find(key.key)).toEqual(step);
  chmodSync(folderOf(home), 0o777);
  expect(await cache.find(key.key)).toBeUndefined();
  expect(await cache.keep("u", key, step)).toMatchObject({ refused: expect.anything() });
});

test("a secret in an output is not kept", async () => {
  const cache = opened(tempFolder(), { known: ["correct-horse-battery"] });
  const key = cache.keyOf({ inputs: { x: "1" } });
  const telling = { ...step, outputs: { said: "it is correct-horse-battery" } };
  expect(await cache.keep("u", key, telling)).toMatchObject({ refused: expect.anything() });
  expect(await cache.find(key.key)).toBeUndefined();
});

test("of too much, what was not used for longest goes, and its key is told", async () => {
  const home = tempFolder();
  const long = { ...step, outputs: { text: "x".repeat(2_000) } };
  const keys: string[] = [];
  for (let at = 0; at < 6; at += 1) {
    // A process of its own each: room is made at its first write.
    const cache = opened(home, { bytesMax: 10_000 });
    const key = cache.keyOf({ inputs: { x: String(at) } });
    keys.push(key.key);
    const kept = await cache.keep("u", key, long);
    if ("gone" in kept && kept.gone.length > 0) {
      expect(keys).toEqual(expect.arrayContaining([...kept.gone]));
      for (const gone of kept.gone) expect(await cache.find(gone)).toBeUndefined();
      expect(await cache.find(key.key)).toEqual(long);
      return;
    }
  }
  throw new Error("nothing went");
});

test("written by many at once, it is whole", async () => {
  const home = tempFolder();
  const cache = opened(home);
  const key = cache.keyOf({ inputs: { x: "1" } });
  await Promise.all(Array.from({ length: 20 }, () => opened(home).keep("u", key, step)));
  expect(await cache.find(key.key)).toEqual(step);
  expect(readdirSync(folderOf(home)).filter((name) => name.endsWith(".draft"))).toEqual([]);
});
