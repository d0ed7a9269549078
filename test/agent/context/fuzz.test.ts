import { expect, test } from "vitest";

import { fuzzSession } from "../../support/fuzz-session.ts";

/** `node bench/context-fuzz.ts` goes on from here for as long as one likes. */
test.each([1, 2, 3, 4, 5, 6])(
  "whatever a model does, no request of its agent is one that a strict server refuses (seed %d)",
  async (seed) => {
    const told = await fuzzSession(seed, 60);
    expect(told.refused).toEqual([]);
    expect(["submitted", "exhausted", "failed"]).toContain(told.status);
    expect(told.requests).toBeGreaterThan(5);
  },
);
