import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { bringToEnd } from "../../../src/adapters/memory/bring-to-end.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";
import { compactKinds, goesWith, proposeCompaction } from "../../../src/core/memory/compact.ts";
import { dueErasures } from "../../../src/core/memory/erase.ts";
import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import type { MemorySnapshot, MemoryStore } from "../../../src/ports/memory-store.ts";
import { dreamOn, hash } from "../../corpus/memory/dream-on.ts";
import { type Chance, chanceOf } from "../../support/made-up-text.ts";
import { PowerCutFiles } from "../../support/power-cut-files.ts";

const clock = { now: () => Date.parse("2026-11-01T00:00:00Z") };
const repo = mkdtempSync(join(tmpdir(), "skein-memory-"));

function storeOn(files: PowerCutFiles): MemoryStore {
  return openMemoryStore(repo, { clock, files, brought: () => Promise.resolve(() => false) });
}

const first = new Map([
  ["INDEX.md", "# Memory\n\n- one\n"],
  ["project/one.md", "one\n"],
  ["user/two.md", "two\n"],
  ["agents/worker/three.md", "three\n"],
]);
const second = new Map([
  ["INDEX.md", "# Memory\n\n- one, now\n- four\n"],
  ["project/one.md", "one, now\n"],
  ["archive/user/two.md", "two, superseded\n"],
  ["project/four.md", "four\n"],
]);

const third = new Map([
  ["INDEX.md", "# Memory\n\n- five\n"],
  ["project/four.md", "four, now\n"],
  ["project/five.md", "five\n"],
]);

const observed = (seq: number): Parameters<MemoryStore["takeIn"]>[0][number] => ({
  type: "observed",
  observation: {
    session: "s",
    seq,
    at: "2026-10-01T00:00:00Z",
    origin: "user",
    text: `Line ${seq} says so.`,
  },
});

/** What a dream goes through, from an inbox to files that people read; each step can be cut off. */
const steps: readonly ((store: MemoryStore) => Promise<unknown>)[] = [
  (store) => store.takeIn([observed(1), observed(2)], "observed"),
  (store) => commit(store, first),
  (store) => store.takeIn([observed(3)], "observed"),
  (store) => commit(store, second, new Map([["project/edited.md", "by hand\n"]])),
  (store) => store.undo(1),
  (store) =>
    commit(store, second, new Map([["project/edited.md", "by hand\n"]]), {
      "archive/user/two.md": "what cannot be read\n",
    }),
  (store) => store.takeIn([observed(4)], "decided"),
  (store) => commit(store, third, new Map([["user/two.md", null]])),
  (store) => store.undo(3),
];

async function commit(
  store: MemoryStore,
  files: ReadonlyMap<string, string>,
  absorbed: ReadonlyMap<string, string | null> = new Map(),
  broken: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { segments } = await lookAt(store);
  return store.commit({
    files,
    read: segments.map(({ name }) => name),
    edits: [],
    absorbed,
    broken: new Map(Object.entries(broken)),
    diff: "",
    report: {},
  });
}

async function lookAt(store: MemoryStore): Promise<MemorySnapshot> {
  const snapshot = await store.snapshot();
  if (!snapshot.ok) throw new Error(snapshot.error.message);
  return snapshot.value;
}

/** The disk before the step that is cut off: what came before is safe. */
async function diskBefore(step: number): Promise<ReadonlyMap<string, string>> {
  const files = new PowerCutFiles();
  for (const [at, one] of steps.slice(0, step).entries()) {
    const done = await one(storeOn(files));
    expect(done).toMatchObject({ ok: true });
    // Somebody writes a file between the dreams.
    if (at === 2) {
      await files.makeDir("memory/project");
      await files.write("memory/project/edited.md", "by hand\n");
    }
  }
  return files.all();
}

const seen = ({ generation, tree, segments }: MemorySnapshot): string =>
  JSON.stringify({
    generation,
    tree: [...tree].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    segments: segments.map(({ name, isRead }) => [name, isRead]),
  });

async function cutAndRecover(
  disk: ReadonlyMap<string, string>,
  step: (store: MemoryStore) => Promise<unknown>,
  { cutAt, chance }: { readonly cutAt: number; readonly chance: Chance },
): Promise<string> {
  const cut = new PowerCutFiles(cutAt, disk);
  await step(storeOn(cut));
  const again = new PowerCutFiles(Number.POSITIVE_INFINITY, cut.afterCut(chance));
  await bringToEnd(again);
  return seen(await lookAt(storeOn(again)));
}

test(
  "10,000 power cuts leave the state before or the state after, never another one",
  { timeout: 240_000 },
  async () => {
    const chance = chanceOf(7);
    let cuts = 0;
    for (const [at, step] of steps.entries()) {
      const disk = await diskBefore(at);
      const whole = new PowerCutFiles(Number.POSITIVE_INFINITY, disk);
      const before = seen(await lookAt(storeOn(whole)));
      await step(storeOn(whole));
      const after = seen(await lookAt(storeOn(whole)));
      const rounds = Math.ceil(10_000 / (steps.length * whole.count)) + 1;
      for (let cut = 0; cut < (whole.count + 1) * rounds; cut += 1) {
        const cutAt = 1 + (cut % (whole.count + 1));
        const found = await cutAndRecover(disk, step, { cutAt, chance });
        cuts += 1;
        if (found !== before && found !== after)
          expect(found, `step ${at}, cut at ${cutAt}`).toBe(after);
      }
    }
    expect(cuts).toBeGreaterThanOrEqual(10_000);
  },
);

test("a power cut while an earlier one is made good loses nothing either", async () => {
  const chance = chanceOf(11);
  const disk = await diskBefore(3);
  const whole = new PowerCutFiles(Number.POSITIVE_INFINITY, disk);
  const before = seen(await lookAt(storeOn(whole)));
  await steps[3]?.(storeOn(whole));
  const after = seen(await lookAt(storeOn(whole)));
  for (let round = 0; round < 300; round += 1) {
    const cut = new PowerCutFiles(1 + chance.below(whole.count), disk);
    await steps[3]?.(storeOn(cut));
    const mending = new PowerCutFiles(1 + chance.below(20), cut.afterCut(chance));
    await bringToEnd(mending).catch(() => undefined);
    const again = new PowerCutFiles(Number.POSITIVE_INFINITY, mending.afterCut(chance));
    await bringToEnd(again);
    expect([before, after]).toContain(seen(await lookAt(storeOn(again))));
  }
});

const again: (seq: number) => MemoryEntry = (seq) => ({
  type: "observed",
  observation: {
    session: `s-${seq}`,
    seq: 0,
    at: new Date(Date.UTC(2026, 0, 1 + seq)).toISOString(),
    origin: "run",
    text: "The tests of web run with vitest",
  },
});
const record: readonly MemoryEntry[] = [
  ...Array.from({ length: 60 }, (_, seq) => again(seq)),
  { ...again(300) },
  { type: "used", at: "2026-01-09T00:00:00Z", source: { session: "s-0", seq: 0 } },
  { type: "used", at: "2026-01-10T00:00:00Z", source: { session: "s-0", seq: 0 } },
];

async function recordOf(store: MemoryStore): Promise<readonly MemoryEntry[]> {
  return (await lookAt(store)).segments.flatMap(({ entries }) => entries);
}

test("a compaction that is cut off anywhere leaves the same facts, and the next one ends it", async () => {
  const files = new PowerCutFiles();
  for (const part of [record.slice(0, 20), record.slice(20, 40), record.slice(40)])
    await storeOn(files).takeIn(part, "observed");
  const disk = files.all();
  const facts = JSON.stringify(dreamOn(record).facts);
  const compact = async (on: PowerCutFiles): Promise<unknown> => {
    const store = storeOn(on);
    const compaction = proposeCompaction(await recordOf(store), new Set(compactKinds));
    return store.compact({ goes: goesWith(compaction), counted: compaction.counted });
  };
  const whole = new PowerCutFiles(Number.POSITIVE_INFINITY, disk);
  await compact(whole);
  const small = await recordOf(storeOn(whole));
  expect(small.length).toBeLessThan(record.length / 2);
  expect(JSON.stringify(dreamOn(small).facts)).toBe(facts);
  const chance = chanceOf(5);
  for (let round = 0; round < whole.count; round += 1) {
    const cut = new PowerCutFiles(1 + (round % whole.count), disk);
    await compact(cut).catch(() => undefined);
    const after = new PowerCutFiles(Number.POSITIVE_INFINITY, cut.afterCut(chance));
    expect(JSON.stringify(dreamOn(await recordOf(storeOn(after))).facts)).toBe(facts);
    await compact(after);
    expect((await recordOf(storeOn(after))).length).toBe(small.length);
  }
});

test("an erasing that is cut off anywhere is taken up again, and then nothing of it is on the disk", async () => {
  const files = new PowerCutFiles();
  await storeOn(files).takeIn([observed(1), observed(2)], "observed");
  await commit(storeOn(files), new Map([["project/one.md", "Line 1 says so.\n"]]));
  await commit(storeOn(files), new Map([["project/two.md", "Line 2 says so.\n"]]));
  const forgot: MemoryEntry = {
    type: "forgot",
    at: "2026-10-02T00:00:00Z",
    sources: [{ session: "s", seq: 1 }],
    erased: true,
  };
  const key = { subject: "Line 1", predicate: "claim", value: "so" };
  const of = hash("Line 1 says so.");
  const reading = { type: "read" as const, at: "2026-10-01T00:00:00Z", of, by: "m", run: "r" };
  const read = await storeOn(files).takeIn([{ ...reading, key }], "read");
  expect(read).toMatchObject({ value: 1 });
  await storeOn(files).takeIn([forgot], "decided");
  const disk = files.all();
  const erase = async (on: PowerCutFiles): Promise<unknown> => {
    const due = dueErasures(await recordOf(storeOn(on)));
    return due.size === 0 ? undefined : storeOn(on).erase(due);
  };
  const whole = new PowerCutFiles(Number.POSITIVE_INFINITY, disk);
  await erase(whole);
  const chance = chanceOf(3);
  for (let round = 0; round < whole.count * 3; round += 1) {
    const cut = new PowerCutFiles(1 + (round % whole.count), disk);
    await erase(cut).catch(() => undefined);
    const after = new PowerCutFiles(Number.POSITIVE_INFINITY, cut.afterCut(chance));
    await erase(after);
    expect([...after.all().values()].join("\n")).not.toMatch(/Line 1\b/);
    // Somebody erased it while a model read it.
    const late = await storeOn(after).takeIn([{ ...reading, key }], "read");
    expect(late).toMatchObject({ value: 0 });
    expect((await lookAt(storeOn(after))).tree.get("project/two.md")).toContain("Line 2");
  }
});

test("a restore that is cut off anywhere loses neither what was there nor the file that it brings", async () => {
  const files = new PowerCutFiles();
  await commit(storeOn(files), first);
  await files.write("memory/project/one.md", "one, by hand\n");
  await files.sync("memory/project/one.md");
  await files.syncDir("memory/project");
  const disk = files.all();
  const restore = (on: PowerCutFiles): Promise<unknown> =>
    storeOn(on).restore(["project/one.md", "user/two.md"]);
  const whole = new PowerCutFiles(Number.POSITIVE_INFINITY, disk);
  expect(await restore(whole)).toMatchObject({ ok: true });
  const chance = chanceOf(13);
  for (let round = 0; round < whole.count * 5; round += 1) {
    const cut = new PowerCutFiles(1 + (round % whole.count), disk);
    await restore(cut);
    const after = new PowerCutFiles(Number.POSITIVE_INFINITY, cut.afterCut(chance));
    const { tree, unread } = await lookAt(storeOn(after));
    const there = tree.get("project/one.md");
    // Where it is not, nobody has removed it.
    if (there === undefined) expect([...unread]).toContain("project/one.md");
    else expect(["one\n", "one, by hand\n"]).toContain(there);
    expect([...cut.all().values()]).toContain("one, by hand\n");
    expect(tree.get("user/two.md")).toBe("two\n");
  }
});
