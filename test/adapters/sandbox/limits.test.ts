import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { createShell } from "../../../src/adapters/sandbox/create-shell.ts";
import { detectShellMode } from "../../../src/adapters/sandbox/detect-shell-mode.ts";
import { runProcess } from "../../../src/adapters/sandbox/run-process.ts";
import { processesWith, shellRig } from "./shell-rig.ts";

const modes = ["bubblewrap", "unsandboxed"] as const;

/** What is alive on this machine and carries the mark in its command line. */
function alive(mark: string): readonly string[] {
  return processesWith(
    mark,
    readdirSync("/proc").filter((name) => /^\d+$/.test(name)),
  );
}

/** A name for `sleep` that tells this test's processes from all others. */
function markOf(name: string): string {
  return `1000${process.pid}${name.length}`;
}

test.each(modes)(
  "%s: exit codes and deaths by signal are reported as a shell does",
  async (mode) => {
    await using rig = await shellRig({ mode });
    expect(await rig.run("exit 7")).toMatchObject({ kind: "exited", exitCode: 7 });
    expect(await rig.run("kill -TERM $$")).toMatchObject({ kind: "exited", exitCode: 143 });
    expect(await rig.run("no-such-program")).toMatchObject({ kind: "exited", exitCode: 127 });
    expect(await rig.run("if")).toMatchObject({ kind: "exited", exitCode: 2 });
  },
);

test.each(modes)(
  "%s: both outputs come in the order they were written, and input is empty",
  async (mode) => {
    await using rig = await shellRig({ mode });
    expect(await rig.output("for i in 1 2 3; do echo out$i; echo err$i >&2; done; cat")).toBe(
      "out1\nerr1\nout2\nerr2\nout3\nerr3",
    );
  },
);

test.each(modes)("%s: when time is up the whole tree is gone, daemons included", async (mode) => {
  await using rig = await shellRig({ mode });
  const mark = markOf(`t${mode}`);
  const outcome = await rig.run(
    `(setsid sleep ${mark} & ) ; sleep ${mark} & echo started; sleep ${mark}`,
    {
      timeoutMs: 400,
    },
  );
  expect(outcome.kind).toBe("timed-out");
  expect("output" in outcome && outcome.output).toContain("it took longer than 0.4 s");
  expect(alive(mark)).toEqual([]);
});

test.each(modes)("%s: what a finished command left running is ended", async (mode) => {
  await using rig = await shellRig({ mode });
  const mark = markOf(`d${mode}`);
  expect(
    await rig.output(
      `setsid nohup sleep ${mark} >/dev/null 2>&1 & setsid sleep ${mark} & echo done`,
    ),
  ).toBe("done");
  // What is left is killed with the sandbox, which the kernel does in its own time.
  await vi.waitFor(() => expect(alive(mark)).toEqual([]));
});

test("without a sandbox, a daemon that hides and holds the output open does not hold the run", async () => {
  await using rig = await shellRig({ mode: "unsandboxed" });
  expect(await rig.output("env -i setsid sleep 3 & echo done")).toBe("done");
});

test.each(modes)(
  "%s: a cancelled command is ended, and one that was cancelled before is not begun",
  async (mode) => {
    await using rig = await shellRig({ mode });
    const mark = markOf(`c${mode}`);
    const stop = new AbortController();
    const running = rig.run(`sleep ${mark}`, {}, stop.signal);
    const begun = join(rig.worktree.path, "begun");
    const never = rig.run("touch begun", {}, stop.signal);
    stop.abort();
    expect((await running).kind).toBe("cancelled");
    expect((await never).kind).toBe("cancelled");
    expect(alive(mark)).toEqual([]);
    expect(existsSync(begun)).toBe(false);
  },
);

test("endless output keeps its beginning and its end, and says how much is missing", async () => {
  await using rig = await shellRig();
  const outcome = await rig.run("echo first; yes | head -c 50000000; echo last");
  if (outcome.kind !== "exited") throw new Error(outcome.kind);
  expect(outcome.output).toMatch(/^first\ny\n/);
  expect(outcome.output).toMatch(/y\nlast\n$/);
  expect(outcome.output).toMatch(/\n… \d{8} bytes of output cut here …\n/);
  expect(outcome.output.length).toBeLessThan(300_000);
});

test("a process tree that takes too much memory is ended, whichever of its processes has it", async () => {
  const hog = "const a = []; setInterval(() => a.push(Buffer.alloc(2 ** 24, 1)), 1)";
  const outcome = await runProcess(
    {
      file: "bash",
      args: ["-c", `node -e '${hog}' & wait`],
      cwd: "/",
      env: { PATH: process.env["PATH"] ?? "" },
      inputs: [],
      reports: false,
      endStrays: () => undefined,
    },
    { memoryBytes: 300 * 1024 ** 2, processesMax: 10, timeoutMs: 20_000 },
    new AbortController().signal,
  );
  expect(outcome).toMatchObject({
    kind: "out-of-memory",
    output: "\n[skein] ended: it used more than 300 MB of memory\n",
  });
});

test("folders that are kept in memory are bounded or read-only", async () => {
  await using rig = await shellRig();
  const sizes = await rig.output("df --output=size -B1 /tmp /dev/shm | tail -n 2 | xargs");
  expect(sizes).toBe(`${1024 ** 3} ${1024 ** 3}`);
});

test("a command that starts too many processes is ended", async () => {
  await using rig = await shellRig();
  const outcome = await rig.run("for i in $(seq 600); do sleep 1000 & done; wait");
  expect("output" in outcome && outcome.output).toContain("it had more than 512 processes");
});

test("a fork bomb is ended while it grows", async () => {
  await using rig = await shellRig();
  // One that would stop by itself at 8,191 processes, for the sake of the machine this runs on.
  const bomb = "bomb() { if [ $1 -gt 0 ]; then bomb $(($1-1)) & bomb $(($1-1)) & fi; sleep 1000; }";
  const outcome = await rig.run(`${bomb}; bomb 12; wait`);
  expect(outcome.kind).toBe("out-of-memory");
});

test("commands of one worktree do not overlap", async () => {
  await using rig = await shellRig();
  const script = "mkdir turn && sleep 0.02 && rmdir turn";
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => rig.output(script)));
  expect(outcomes).toEqual(["", "", "", ""]);
});

test("without a sandbox commands that may change something are refused, unless the person asked for them", async () => {
  const policy = { gitDir: "/x", checkout: "/x", home: "/x", path: "" };
  const shell = createShell({ mode: "look-only", policy, parentEnv: {} });
  const command = {
    script: "true",
    args: [],
    cwd: "/",
    outDir: "/",
    env: {},
    timeoutMs: 1,
    projectWritable: true,
    network: false,
  };
  expect(await shell.run(command, new AbortController().signal)).toEqual({
    kind: "refused",
    reason: expect.stringContaining("--unsandboxed"),
  });
  const looks = { ...command, script: "echo seen", projectWritable: false, timeoutMs: 10_000 };
  expect(await shell.run(looks, new AbortController().signal)).toMatchObject({ output: "seen\n" });
  expect(await detectShellMode({ unsandboxed: true })).toMatchObject({ mode: "unsandboxed" });
});

test("a sandbox that cannot be set up refuses the command instead of failing it", async () => {
  await using rig = await shellRig();
  expect(await rig.run("true", { outDir: "/no/such/folder" })).toEqual({
    kind: "refused",
    reason: expect.stringContaining("/no/such/folder"),
  });
});
