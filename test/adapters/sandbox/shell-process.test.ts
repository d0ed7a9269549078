import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openShellProcess } from "../../../src/adapters/sandbox/shell-process.ts";
import type { ShellOutcome } from "../../../src/ports/shell.ts";

const entry = new URL("../../../workers/shell.process.ts", import.meta.url);

function open() {
  const cwd = mkdtempSync(join(tmpdir(), "skein-test-"));
  const outDir = join(cwd, "out");
  mkdirSync(outDir);
  const policy = { gitDir: cwd, checkout: cwd, home: cwd, path: process.env["PATH"] ?? "" };
  const shell = openShellProcess(entry, {
    mode: "unsandboxed",
    policy,
    parentEnv: { ...process.env, ANTHROPIC_API_KEY: "sk-ant-secret" },
  });
  onTestFinished(() => shell[Symbol.asyncDispose]());
  const run = (script: string, signal = new AbortController().signal): Promise<ShellOutcome> =>
    shell.run(
      {
        script,
        args: [],
        cwd,
        outDir,
        env: {},
        timeoutMs: 20_000,
        projectWritable: true,
        network: false,
      },
      signal,
    );
  return { cwd, run, shell };
}

test("commands run beside each other in the other process, each with its own outcome", async () => {
  const { run } = open();
  const outcomes = await Promise.all([run("echo a"), run("echo b; exit 3")]);
  expect(outcomes).toMatchObject([
    { kind: "exited", exitCode: 0, output: "a\n" },
    { kind: "exited", exitCode: 3, output: "b\n" },
  ]);
});

test("a cancelled command is ended there", async () => {
  const { cwd, run } = open();
  const stop = new AbortController();
  const outcome = run("touch started; sleep 3600; touch finished", stop.signal);
  while (!readdirSync(cwd).includes("started")) await new Promise(setImmediate);
  stop.abort();
  expect(await outcome).toMatchObject({ kind: "cancelled" });
  expect(await run("true", AbortSignal.abort())).toMatchObject({ kind: "cancelled" });
});

test("when the process is killed, its commands are lost with the reason, and the next one finds a new process", async () => {
  const { run } = open();
  const parent = "$(ps -o ppid= -p $$)";
  expect(await run(`kill -9 ${parent}; sleep 60`)).toMatchObject({
    kind: "lost",
    reason: "the process that runs commands ended (exit SIGKILL)",
  });
  expect(await run("echo again")).toMatchObject({ kind: "exited", output: "again\n" });
});

test("the process and its commands know no key", async () => {
  const { run } = open();
  const outcome = await run("env; tr '\\0' '\\n' < /proc/$PPID/environ");
  expect(outcome).toMatchObject({ kind: "exited", exitCode: 0 });
  expect(JSON.stringify(outcome)).not.toContain("sk-ant-secret");
});

test("closing it ends what still runs", async () => {
  const { cwd, run, shell } = open();
  const outcome = run("echo $$ > pid; sleep 3600");
  while (!readdirSync(cwd).includes("pid")) await new Promise(setImmediate);
  await shell[Symbol.asyncDispose]();
  expect(await outcome).toMatchObject({ kind: "lost" });
});
