import { setImmediate } from "node:timers/promises";

import { expect, test } from "vitest";

import { createTidying } from "../../../src/app/fleet/tidying.ts";

test("whoever leaves things faster than they are cleared away waits; the end waits for all of them", async () => {
  const tidying = createTidying();
  const gates = Array.from({ length: 12 }, () => Promise.withResolvers<void>());
  const seen = { left: 0, cleared: 0 };
  const leaving = (async () => {
    for (const gate of gates) {
      await tidying.later(async () => {
        await gate.promise;
        seen.cleared += 1;
      });
      seen.left += 1;
    }
  })();
  await setImmediate();
  expect(seen).toEqual({ left: 8, cleared: 0 });
  for (const gate of gates) gate.resolve();
  await leaving;
  await tidying[Symbol.asyncDispose]();
  expect(seen).toEqual({ left: 12, cleared: 12 });
});

test("what cannot be cleared away is nobody's failure", async () => {
  const tidying = createTidying();
  await tidying.later(() => Promise.reject(new Error("the disk is read-only")));
  await tidying[Symbol.asyncDispose]();
});
