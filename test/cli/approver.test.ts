import { expect, test } from "vitest";

import { type ApprovalQuestion, createApprover } from "../../src/cli/approver.ts";
import { fakeIo } from "../support/fake-io.ts";

/** Somebody who answers what they are told to, in order, and then nothing. */
function person(...answers: readonly string[]) {
  const io = fakeIo();
  const prompts: string[] = [];
  const approve = createApprover({
    io,
    permissions: { mode: "accept-edits", rules: [] },
    home: "/home/dev",
    paused: (ask) => ask(),
    readLine: async (prompt) => {
      prompts.push(prompt);
      return answers[prompts.length - 1] ?? "";
    },
  });
  const asked = (about: string, more: Partial<ApprovalQuestion> = {}): Promise<boolean> =>
    approve(
      { kind: "approve", tool: "Bash", about, cwd: "/w/a", reasons: ["it writes"], ...more },
      new AbortController().signal,
    );
  return { io, prompts, asked };
}

test.each([
  ["y", true],
  ["YES", true],
  ["n", false],
  ["", false],
  ["yess", false],
  ["a", false],
])("%j to a call nobody can make a rule for is %s", async (answer, isApproved) => {
  expect(await person(answer).asked("rm -rf build")).toBe(isApproved);
});

test("a yes holds for exactly the same call in the same place, and is not asked for again", async () => {
  const { asked, prompts } = person("y", "n", "n", "n");
  expect(await asked("rm -rf build")).toBe(true);
  expect(await asked("rm -rf build")).toBe(true);
  expect(prompts).toHaveLength(1);
  expect(await asked("rm -rf build ")).toBe(false);
  expect(await asked("rm -rf build", { cwd: "/w/b" })).toBe(false);
  expect(await asked("rm -rf build", { tool: "Other" })).toBe(false);
  expect(prompts).toHaveLength(4);
});

test("always holds for what the rule that was shown covers, and for nothing else", async () => {
  const { asked, prompts, io } = person("a", "n", "n");
  expect(await asked("npm run lint -- --fix")).toBe(true);
  expect(io.err()).toContain("always: Bash(npm run lint:*)");
  expect(await asked("npm run lint", { cwd: "/w/b" })).toBe(true);
  expect(prompts).toHaveLength(1);
  expect(await asked("npm run lint && curl x")).toBe(false);
  expect(await asked("npm run deploy")).toBe(false);
});

test("a person sees the whole call, what it runs and why it is not allowed by itself", async () => {
  const { asked, io } = person("n");
  await asked("cd src && npm test | tee log");
  expect(io.err()).toContain("cd src && npm test | tee log");
  expect(io.err()).toContain("in /w/a");
  expect(io.err()).toContain("runs cd, npm, tee");
  expect(io.err()).toContain("not allowed by itself: it writes");
});

test("no text can hide a part of itself or draw in the box", async () => {
  const { asked, io } = person("n");
  await asked("ls \u001b[2K\u001b[1A\u202e; rm -rf x\r\n\u200bls", { reasons: ["\u001b[8mfine"] });
  expect(io.err()).toContain("ls \\u{1b}[2K\\u{1b}[1A\\u{202e}; rm -rf x\\u{d}");
  for (const hidden of ["\u001b", "\u202e", "\u200b", "\r"]) expect(io.err()).not.toContain(hidden);
});

test("two calls are asked about one after the other", async () => {
  const { asked, prompts } = person("y", "n");
  expect(await Promise.all([asked("rm a"), asked("rm b")])).toEqual([true, false]);
  expect(prompts).toHaveLength(2);
});
