import { expect, test } from "vitest";

import { openPlanDoor } from "../../src/cli/plan-door.ts";
import { fakeIo } from "../support/fake-io.ts";

/** What a person types, line by line, when they are asked whether a plan is to run; undefined: Ctrl-C. */
async function asked(...lines: readonly (string | undefined)[]) {
  const io = fakeIo({ isTTY: true });
  const left = [...lines];
  const readLine = async (): Promise<string | undefined> => left.shift();
  const door = openPlanDoor({ io, set: {}, yes: false, json: false, readLine });
  const checked = door.check("version: 1\nname: t\ntasks: { a: { run: x } }\n");
  if (!checked.ok) throw new Error(checked.error);
  return { isRun: await door.confirm(checked.value), left, said: io.err() };
}

test("a plan runs after a yes, and not after a no or when the person is gone", async () => {
  const answers = ["", "y", "YES", "n", "no", undefined];
  const runs = await Promise.all(answers.map(async (line) => (await asked(line)).isRun));
  expect(runs).toEqual([true, true, true, false, false, false]);
});

test("what is neither is asked again", async () => {
  const { isRun, left, said } = await asked("/status", "what?", "y");
  expect([isRun, left]).toEqual([true, []]);
  expect(said).toContain("y runs it, n does not");
});
