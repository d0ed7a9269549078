import fc from "fast-check";
import { expect, test } from "vitest";

import {
  asked,
  begun,
  createGovernor,
  ended,
  type Governor,
  release,
  type WaitingRequest,
} from "../../../src/core/governor/governor.ts";
import type { RequestEnd } from "../../../src/model/request-end.ts";

const answered: RequestEnd = { kind: "answered", usd: 1, tokens: 100 };
const overloaded: RequestEnd = { kind: "overloaded", usd: 0, tokens: 0 };

function request(id: number, more: Partial<WaitingRequest> = {}): WaitingRequest {
  const prefix = `own ${id}`;
  const cost = { freshTokens: 100, tokens: 100, usd: 1 };
  return { id, model: "m", prefix, ...cost, caps: [], since: id, priority: 0, ...more };
}

function waiting(limit: number, ...requests: readonly WaitingRequest[]): Governor {
  return requests.reduce(asked, createGovernor(limit));
}

function sentNow(governor: Governor, now = 1_000): { governor: Governor; ids: readonly number[] } {
  return release(governor, now);
}

test("no more requests go at a time than the limit, and the rest follow as answers come", () => {
  const first = sentNow(waiting(2, request(1), request(2), request(3)));
  expect(first.ids).toEqual([1, 2]);
  expect(sentNow(first.governor).ids).toEqual([]);
  const next = ended(first.governor, { id: 1, now: 2_000, end: answered });
  expect(sentNow(next).ids).toEqual([3]);
});

test("the first request with a prefix goes alone until its answer begins: then the cache has it", () => {
  const shared = { prefix: "shared" };
  const first = sentNow(waiting(9, request(1, shared), request(2, shared), request(3)));
  expect(first.ids).toEqual([1, 3]);
  const warm = begun(first.governor, { id: 1, allowance: undefined });
  expect(sentNow(warm).ids).toEqual([2]);
});

test("when the first request with a prefix fails, the next one goes alone in its place", () => {
  const shared = { prefix: "shared" };
  const all = [1, 2, 3].map((id) => request(id, shared));
  const first = sentNow(waiting(9, ...all));
  const end: RequestEnd = { kind: "failed", usd: 0, tokens: 0 };
  expect(sentNow(ended(first.governor, { id: 1, now: 2_000, end })).ids).toEqual([2]);
});

test("a prefix that nobody used for five minutes has to be warmed again", () => {
  const shared = { prefix: "shared" };
  const first = sentNow(waiting(9, request(1, shared)), 0);
  const warm = ended(begun(first.governor, { id: 1, allowance: undefined }), {
    id: 1,
    now: 1,
    end: answered,
  });
  const again = [2, 3].map((id) => request(id, shared)).reduce(asked, warm);
  expect(sentNow(again, 299_999).ids).toEqual([2, 3]);
  expect(sentNow(again, 300_000).ids).toEqual([2]);
});

test("many overloads of one moment halve the limit once, and everybody waits once", () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  let { governor } = sentNow(waiting(8, ...ids.map((id) => request(id))), 0);
  for (const id of ids) governor = ended(governor, { id, now: 100 + id, end: overloaded });
  expect(governor.limit).toBe(4);
  expect(governor.pausedUntil).toBe(1_104);
  expect(release(asked(governor, request(9)), 1_103)).toMatchObject({ ids: [], nextAt: 1_104 });
  expect(release(asked(governor, request(9)), 1_104).ids).toEqual([9]);
});

test("one refusal in twenty is chance: the swarm stays as wide as it was", () => {
  let governor = createGovernor(64);
  for (let id = 1; id <= 400; id += 1) {
    governor = sentNow(asked(governor, request(id)), id).governor;
    governor = ended(governor, { id, now: id, end: id % 20 === 0 ? overloaded : answered });
  }
  expect(governor).toMatchObject({ limit: 64, pausedUntil: 0 });
});

test("the server's own wait is kept by all when it says that nothing is left, however long", () => {
  const { governor } = sentNow(waiting(8, request(1)), 0);
  const requests = { left: 0, limit: 50, at: 0, resetAt: 60_000 };
  const end = { ...overloaded, retryAfterMs: 70_000, allowance: { requests } };
  expect(ended(governor, { id: 1, now: 10, end }).pausedUntil).toBe(70_010);
});

test("the server's own wait is kept by all when it refuses several in a row", () => {
  let { governor } = sentNow(waiting(8, ...[1, 2, 3, 4].map((id) => request(id))), 0);
  const end = { ...overloaded, retryAfterMs: 70_000 };
  for (const id of [1, 2, 3]) governor = ended(governor, { id, now: 10, end });
  expect(governor.pausedUntil).toBe(0);
  expect(ended(governor, { id: 4, now: 10, end }).pausedUntil).toBe(70_010);
});

test("answers raise the limit again, by one for as many answers as it is wide", () => {
  let governor: Governor = { ...createGovernor(8), limit: 4 };
  for (const id of [1, 2, 3, 4]) {
    governor = sentNow(asked(governor, request(id))).governor;
    governor = ended(governor, { id, now: 2_000, end: answered });
  }
  expect(governor.limit).toBeGreaterThan(4.9);
  expect(governor.limit).toBeLessThanOrEqual(5);
});

test("a request waits until the tokens that the server still allows are enough for it", () => {
  const first = sentNow(waiting(9, request(1)), 0);
  // 1,000 a minute, of which 850 are used up: the bucket fills by one each 60 ms.
  const allowance = { inputTokens: { left: 150, limit: 1_000, at: 0, resetAt: 51_000 } };
  const known = begun(first.governor, { id: 1, allowance });
  const next = release([request(2), request(3)].reduce(asked, known), 0);
  expect(next).toMatchObject({ ids: [2], nextAt: 3_000 });
  expect(release(next.governor, 2_999).ids).toEqual([]);
  expect(release(next.governor, 3_000).ids).toEqual([3]);
});

test("requests that the server cannot have counted yet are taken off what it says is left", () => {
  const both = sentNow(waiting(9, request(1), request(2)), 0);
  const allowance = { requests: { left: 2, limit: 50, at: 0, resetAt: 57_600 } };
  const known = begun(both.governor, { id: 1, allowance });
  expect(release([request(3), request(4)].reduce(asked, known), 10).ids).toEqual([3]);
});

test("what more waits for goes first, but nothing waits for ever", () => {
  const urgent = request(2, { priority: 4, since: 2 });
  expect(sentNow(waiting(1, request(1), urgent)).ids).toEqual([2]);
  const later = request(3, { priority: 4, since: 30_000 });
  expect(sentNow(waiting(1, request(1), later), 30_000).ids).toEqual([1]);
});

test("a cap refuses what waits when it is used up, and holds back what its reservations leave no room for", () => {
  const caps = [{ name: "the run", usd: 2 }];
  const all = [1, 2, 3].map((id) => request(id, { caps }));
  const first = release(waiting(9, ...all), 0);
  expect(first).toMatchObject({ ids: [1, 2], refused: [] });
  const cheap = ended(first.governor, { id: 1, now: 1, end: { ...answered, usd: 0.5 } });
  const second = release(cheap, 1);
  expect(second).toMatchObject({ ids: [3], refused: [] });
  const spent = [2, 3].reduce(
    (governor, id) => ended(governor, { id, now: 2, end: answered }),
    second.governor,
  );
  expect(release(asked(spent, request(4, { caps })), 3)).toMatchObject({
    ids: [],
    refused: [{ id: 4, cap: { name: "the run" } }],
  });
});

test("an answer that broke off counts with its estimate, since nobody says what it cost", () => {
  const caps = [{ name: "unit a", tokens: 100 }];
  const first = release(waiting(9, request(1, { caps })), 0);
  const cut = ended(begun(first.governor, { id: 1, allowance: undefined }), {
    id: 1,
    now: 1,
    end: { kind: "failed", usd: 0, tokens: 0 },
  });
  expect(release(asked(cut, request(2, { caps })), 2).refused).toHaveLength(1);
});

interface Step {
  readonly prefix: number;
  readonly usd: number;
  readonly how: "answered" | "overloaded" | "failed" | "cut";
  readonly wait: number;
}

const steps = fc.array(
  fc.record<Step>({
    prefix: fc.nat({ max: 3 }),
    usd: fc.double({ min: 0, max: 2, noNaN: true }),
    how: fc.constantFrom("answered", "overloaded", "failed", "cut"),
    wait: fc.nat({ max: 2_000 }),
  }),
  { minLength: 1, maxLength: 60 },
);

test("whatever becomes of requests: every one is sent or refused, one at a time warms a prefix, and a cap is overstepped by one answer each at most", () => {
  const cap = { name: "the run", usd: 20 };
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 8 }), (all, limit) => {
      let governor = createGovernor(limit);
      let now = 0;
      let spent = 0;
      const open = new Set<number>();
      const settled = new Set<number>();
      const warm = new Set<string>();
      for (const [id, { prefix }] of all.entries())
        governor = asked(governor, request(id, { prefix: String(prefix), caps: [cap], since: id }));
      for (let turns = 0; settled.size < all.length; turns += 1) {
        expect(turns).toBeLessThan(20 * all.length + 20);
        const released = release(governor, now);
        governor = released.governor;
        for (const { id } of released.refused) settled.add(id);
        if (released.refused.length > 0) expect(spent).toBeGreaterThanOrEqual(cap.usd);
        for (const id of released.ids) {
          expect(spent).toBeLessThan(cap.usd);
          open.add(id);
        }
        expect(open.size).toBeLessThanOrEqual(limit);
        const cold = [...open].map((id) => String(all[id]?.prefix)).filter((one) => !warm.has(one));
        expect(new Set(cold).size).toBe(cold.length);
        const [id] = open;
        if (id === undefined) {
          if (released.nextAt !== undefined) now = Math.max(now + 1, released.nextAt);
          continue;
        }
        const { prefix, usd, how, wait } = all[id] as Step;
        now += wait;
        open.delete(id);
        if (how === "answered" || how === "cut") {
          governor = begun(governor, { id, allowance: undefined });
          warm.add(String(prefix));
        }
        const kind = how === "cut" ? "failed" : how;
        const paid = kind === "answered" ? usd : 0;
        governor = ended(governor, { id, now, end: { kind, usd: paid, tokens: 0 } });
        spent += how === "cut" ? 1 : paid;
        settled.add(id);
      }
      expect(governor.waiting).toEqual([]);
      expect(spent).toBeLessThanOrEqual(cap.usd + 2 * limit);
    }),
    { numRuns: 1_000 },
  );
});
