import { expect, test } from "vitest";

import { createCap } from "../../../src/app/publish/cap.ts";
import type { PublishEntry, PublishWish } from "../../../src/model/publish.ts";
import type { PullStanding } from "../../../src/model/pull-standing.ts";
import { ok } from "../../../src/model/result.ts";

const wish: PublishWish = {
  branch: "b",
  ifExists: "skip",
  pr: "draft",
  via: "gh",
  title: "",
  body: "",
  labels: [],
  maxOpen: 2,
};

/** A plan with two pull requests open, and a server that says how they stand. */
function rig() {
  const time = { now: 0 };
  const entries: PublishEntry[] = [1, 2].map((number) => ({
    kind: "opened",
    key: `k${number}`,
    branch: "b",
    run: "r1",
    plan: "p",
    url: `u${number}`,
    at: 0,
  }));
  const asked: string[] = [];
  const stands = new Map<string, PullStanding["state"]>();
  const isFull = createCap({
    pulls: {
      find: () => Promise.reject(new Error("unused")),
      open: () => Promise.reject(new Error("unused")),
      close: () => Promise.reject(new Error("unused")),
      standing: (url) => {
        asked.push(url);
        return Promise.resolve(ok({ state: stands.get(url) ?? "open", checks: "none" }));
      },
    },
    record: {
      entries: () => entries,
      append: (entry) => Promise.resolve(void entries.push(entry)),
    },
    clock: { now: () => time.now, sleep: () => Promise.resolve() },
  });
  const ask = async (more: Partial<PublishWish> = {}): Promise<boolean> => {
    const signal = new AbortController().signal;
    const full = await isFull({
      wish: { ...wish, ...more },
      run: "r2",
      plan: "p",
      dryRun: false,
      signal,
    });
    if (!full.ok) throw new Error(full.error.message);
    return full.value;
  };
  return { time, entries, asked, stands, ask };
}

test("however many units wait, the servers are asked once in a while whether the cap is reached", async () => {
  const { time, asked, stands, ask } = rig();
  expect([await ask(), await ask(), await ask()]).toEqual([true, true, true]);
  expect(asked).toEqual(["u1", "u2"]);
  stands.set("u1", "merged");
  expect(await ask()).toBe(true);
  time.now += 10 * 60_000;
  expect(await ask()).toBe(false);
  expect(asked).toEqual(["u1", "u2", "u1"]);
});

test("a plan with a rate asks when that lets the next one come", async () => {
  const { time, asked, ask } = rig();
  const rate = { count: 1, perMs: 60_000 };
  expect([await ask({ rate }), await ask({ rate })]).toEqual([true, true]);
  time.now += 60_000;
  await ask({ rate });
  expect(asked).toHaveLength(4);
});

test("below the cap nobody is asked; how one stands is noted when that is news", async () => {
  const { entries, asked, stands, ask } = rig();
  expect(await ask({ maxOpen: 3 })).toBe(false);
  expect(asked).toEqual([]);
  stands.set("u2", "closed");
  expect(await ask()).toBe(false);
  expect(entries.slice(2).map(({ kind, ...one }) => [kind, "url" in one && one.url])).toEqual([
    ["seen", "u1"],
    ["closed", "u2"],
    ["seen", "u2"],
  ]);
});
