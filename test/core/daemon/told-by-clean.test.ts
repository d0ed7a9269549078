import { expect, test } from "vitest";

import { cleanProposals } from "../../../src/core/daemon/told-by-clean.ts";

function lines(count: number, bytes: number, goes = true): readonly string[] {
  return Array.from({ length: count }, (_, at) =>
    JSON.stringify({ run: `r-${at}`, goes, why: "taken", bytes }),
  );
}

test("a person is asked about runs that could go when they are many, or large", () => {
  expect(cleanProposals(["no JSON", ...lines(49, 1_000)], "tidy")).toEqual([]);
  expect(cleanProposals(lines(2, 1e9, false), "tidy")).toEqual([]);
  expect(cleanProposals(lines(50, 1_000), "tidy")).toMatchObject([
    {
      text: "50 runs are over, with nothing left to take of them: 50 kB",
      command: "skein clean",
    },
  ]);
  expect(cleanProposals(lines(2, 6e8), "tidy")).toMatchObject([
    { text: expect.stringContaining("2 runs") as string },
  ]);
});
