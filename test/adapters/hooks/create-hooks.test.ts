import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createHooks } from "../../../src/adapters/hooks/create-hooks.ts";
import { cleanWith } from "../../../src/core/secrets/redact-value.ts";
import { type HookCall, hookSchema, type OwnedHook } from "../../../src/model/hooks.ts";

const bash: HookCall = {
  event: "pre-tool",
  run: "r1",
  unit: "fix",
  attempt: 1,
  worktree: "/tmp",
  tool: "Bash",
  input: { command: "echo API_KEY=tr0ub4dor known-by-value" },
};
const read: HookCall = { ...bash, event: "post-tool", tool: "Read", ok: true, output: "text" };

type Hook = OwnedHook["hook"];

/** Long enough for what has to end by itself on a machine that is busy. */
const hooked = (...hooks: readonly Hook[]): ReturnType<typeof hookedFor> =>
  hookedFor(60_000, ...hooks);

function hookedFor(timeoutMs: number, ...hooks: readonly Hook[]) {
  const cwd = mkdtempSync(join(tmpdir(), "skein-hooks-"));
  const owned = hooks.map((hook) => ({ hook, origin: "user" as const }));
  const path = process.env["PATH"] ?? "";
  const clean = cleanWith(["known-by-value"]);
  const run = createHooks({ hooks: owned, cwd, home: "/nonexistent", path, clean, timeoutMs });
  return { cwd, ask: (call: HookCall) => run(call, new AbortController().signal) };
}

test("a hook is told what happens as one line of JSON, without secrets", async () => {
  const { cwd, ask } = hooked({ event: "pre-tool", command: "cat > told.json" });
  expect(await ask(bash)).toEqual({ warnings: [] });
  const told = readFileSync(join(cwd, "told.json"), "utf8");
  expect(JSON.parse(told)).toEqual({
    ...bash,
    input: { command: "echo API_KEY=[redacted] [redacted]" },
  });
});

test("exit code 2 blocks, with what the hook wrote on its standard error as the reason", async () => {
  const { ask } = hooked({
    event: "pre-tool",
    command: "echo no; echo not on Fridays >&2; exit 2",
  });
  expect(await ask(bash)).toEqual({ blocked: "not on Fridays", warnings: [] });
});

test.each([
  ["exit 1", "exited with 1"],
  ["kill -9 $$", "was ended by SIGKILL"],
  ["exec sleep 60", "took longer than 0.5 s"],
  ["./not-there", "exited with 127"],
])("in front of a tool a hook that breaks (%s) blocks", async (command, how) => {
  const limit = how.startsWith("took") ? 500 : 60_000;
  const { ask } = hookedFor(limit, { event: "pre-tool", command });
  expect((await ask(bash)).blocked).toContain(how);
});

test("behind a tool a hook that breaks is a warning, and the next one runs", async () => {
  const { cwd, ask } = hooked(
    { event: "post-tool", command: "echo oh >&2; exit 1" },
    { event: "post-tool", command: "touch ran" },
  );
  const { blocked, warnings } = await ask(read);
  expect(blocked).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining("exited with 1: oh")]);
  expect(readFileSync(join(cwd, "ran"), "utf8")).toBe("");
});

test("the first that blocks is the last that runs", async () => {
  const { cwd, ask } = hooked(
    { event: "pre-tool", command: "exit 2" },
    { event: "pre-tool", command: "touch ran" },
  );
  expect((await ask(bash)).blocked).toContain("exited with 2");
  expect(() => readFileSync(join(cwd, "ran"))).toThrow("ENOENT");
});

test("a hook runs for its event and the tools it names alone", async () => {
  const { ask } = hooked({ event: "pre-tool", matcher: "Edit|Write", command: "exit 2" });
  expect((await ask(bash)).blocked).toBeUndefined();
  expect((await ask({ ...bash, tool: "Write" })).blocked).toBeDefined();
  expect((await ask({ ...read, tool: "Write" })).blocked).toBeUndefined();
});

test("nothing of the user's environment is in a hook's", async () => {
  process.env["SOME_TOKEN"] = "in-the-environment";
  const { cwd, ask } = hooked({ event: "pre-tool", command: "env > env.txt" });
  await ask(bash);
  delete process.env["SOME_TOKEN"];
  const names = readFileSync(join(cwd, "env.txt"), "utf8")
    .match(/^\w+(?==)/gm)
    ?.toSorted();
  expect(names).toEqual(expect.arrayContaining(["HOME", "LANG", "PATH", "SKEIN_EVENT"]));
  expect(names).not.toContain("SOME_TOKEN");
});

test("a hook that does not read, writes without end or leaves a process behind holds nobody up", async () => {
  const { ask } = hooked(
    { event: "pre-tool", command: "exec <&-; yes >&2 & head -c 9000000 /dev/zero >&2; exit 0" },
    { event: "pre-tool", command: "sleep 600 & exit 0" },
  );
  expect(await ask({ ...bash, input: { command: "x".repeat(3_000_000) } })).toEqual({
    warnings: [],
  });
});

test("only hooks of tools have a matcher", () => {
  expect(hookSchema.safeParse({ event: "run-end", command: "x", matcher: "Bash" }).success).toBe(
    false,
  );
  expect(hookSchema.safeParse({ event: "pre-tool", command: " " }).success).toBe(false);
});
