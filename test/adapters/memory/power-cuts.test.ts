import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { bringToEnd } from "../../../src/adapters/memory/generations.ts";
import { openMemoryStore } from "../../../src/adapters/memory/open-store.ts";
import type { MemorySnapshot, MemoryStore } from "../../../src/ports/memory-store.ts";
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
  (store) => commit(store, second, new Map([["project/edited.md", "by hand\n"]])),
];

async function commit(
  store: MemoryStore,
  files: ReadonlyMap<string, string>,
  absorbed: ReadonlyMap<string, string | null> = new Map(),
): Promise<unknown> {
  const { segments } = await lookAt(store);
  return store.commit({
    files,
    read: segments.map(({ name }) => name),
    edits: [],
    absorbed,
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
