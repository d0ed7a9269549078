import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openHelperProcess } from "../../../src/adapters/helper/helper-process.ts";
import { helperPrograms } from "../../../src/adapters/helper/helper-programs.ts";
import { helperShell } from "../../../src/adapters/helper/helper-shell.ts";
import type { ShellOutcome } from "../../../src/ports/shell.ts";

const entry = new URL("../../../workers/helper.process.ts", import.meta.url);

function open() {
  const cwd = mkdtempSync(join(tmpdir(), "skein-test-"));
  const outDir = join(cwd, "out");
  mkdirSync(outDir);
  const policy = { gitDir: cwd, checkout: cwd, home: cwd, path: process.env["PATH"] ?? "" };
  const helper = openHelperProcess(entry);
  onTestFinished(() => helper[Symbol.asyncDispose]());
  const shell = helperShell(helper, {
    mode: "unsandboxed",
    policy,
    parentEnv: { ...process.env, ANTHROPIC_API_KEY: "sk-ant-secret" },
  });
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
  return { cwd, run, helper, program: helperPrograms(helper) };
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
  const { cwd, run, helper } = open();
  const outcome = run("echo $$ > pid; sleep 3600");
  while (!readdirSync(cwd).includes("pid")) await new Promise(setImmediate);
  await helper[Symbol.asyncDispose]();
  expect(await outcome).toMatchObject({ kind: "lost" });
});

test("it runs programs as this process would: output, exit code, input, folder, environment, and why one could not be started", async () => {
  const { cwd, program } = open();
  const [listed, none, told, at] = await Promise.all([
    program({ file: "sort", args: ["-r"], input: "a\nb\n" }),
    program({ file: "no-such-program", args: [] }),
    program({ file: "sh", args: ["-c", "echo out; echo err >&2; exit 3"] }),
    program({ file: "/bin/sh", args: ["-c", "pwd; echo $A"], cwd, env: { A: "b" } }),
  ]);
  expect(listed).toEqual({ exitCode: 0, stdout: "b\na\n", stderr: "" });
  expect(none).toEqual({ exitCode: 127, stdout: "", stderr: "spawn no-such-program ENOENT" });
  expect(told).toEqual({ exitCode: 3, stdout: "out\n", stderr: "err\n" });
  expect(at).toMatchObject({ exitCode: 0, stdout: `${cwd}\nb\n` });
});

test("a program is ended by its signal and by its time, and what was under way when the process is killed has not succeeded", async () => {
  const { program } = open();
  const stop = new AbortController();
  const stopped = program({ file: "sleep", args: ["3600"] }, stop.signal);
  stop.abort();
  expect(await stopped).toMatchObject({ exitCode: 127 });
  expect(await program({ file: "sleep", args: ["3600"], timeoutMs: 50 })).toMatchObject({
    exitCode: 127,
    stderr: "\nended: it took too long",
  });
  expect(await program({ file: "sh", args: ["-c", "kill -9 $PPID; sleep 60"] })).toMatchObject({
    exitCode: 127,
    stderr: "the process that runs commands ended (exit SIGKILL)",
  });
  expect(await program({ file: "true", args: [] })).toMatchObject({ exitCode: 0 });
});
