import { expect, test } from "vitest";

import { readLineFrom } from "../../src/cli/read-line.ts";

test("a question whose terminal goes away is dropped, and breaks nothing", async () => {
  const answer = readLineFrom("");
  process.stdin.emit("error", Object.assign(new Error("setRawMode EIO"), { code: "EIO" }));
  expect(await answer).toBeUndefined();
});
