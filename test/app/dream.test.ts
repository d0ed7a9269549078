import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openMemoryStore } from "../../src/adapters/memory/open-store.ts";
import type { DreamWorld } from "../../src/app/consolidate-record.ts";
import { dream } from "../../src/app/dream.ts";
import { dreamOn, entriesOf, hash } from "../corpus/memory/dream-on.ts";
import { familyA } from "../corpus/memory/family-a.ts";
import { makeCorpus } from "../corpus/memory/make-corpus.ts";

const { lines } = makeCorpus({ family: familyA, seed: 1, level: 1 });
const entries = entriesOf(lines.slice(0, 200));

function world(): DreamWorld {
  const clock = { now: () => Date.parse("2026-06-01T00:00:00Z") };
  return {
    store: openMemoryStore(mkdtempSync(join(tmpdir(), "skein-dream-")), { clock }),
    clock,
    hash,
    clean: (text) => text,
    isTracked: () => Promise.resolve(false),
    probe: () => Promise.resolve(undefined),
  };
}

test("a dream that is told to stop commits nothing, and the next one does what it would have done", async () => {
  const own = world();
  await own.store.takeIn(entries, "observed");
  const stop = new AbortController();
  const snapshot: DreamWorld["store"]["snapshot"] = async () => {
    const found = await own.store.snapshot();
    // As soon as anything else has a turn while it decides.
    setImmediate(() => stop.abort());
    return found;
  };
  const dreaming = dream({ ...own, store: { ...own.store, snapshot } }, { signal: stop.signal });
  expect(await dreaming).toMatchObject({ ok: false, error: { kind: "cancelled" } });
  const found = await own.store.snapshot();
  if (!found.ok) throw new Error(found.error.message);
  expect(found.value).toMatchObject({ generation: 0, tree: new Map() });
  expect(found.value.segments.map(({ isRead }) => isRead)).toEqual([false]);

  const after = await dream(own);
  expect(after).toMatchObject({
    ok: true,
    value: { generation: 1, figures: dreamOn(entries).figures },
  });
});
