import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";

import pLimit from "p-limit";

import type { ShellMode } from "../../model/contract.ts";
import type { Shell, ShellCommand, ShellOutcome } from "../../ports/shell.ts";
import { bubblewrapArgs, privateHome, type SandboxPolicy } from "./bubblewrap-args.ts";
import { commandEnv } from "./command-env.ts";
import { gitConfigForCommands } from "./git-config-for-commands.ts";
import { homeMounts } from "./kept-home.ts";
import { killStrays, runningPids } from "./kill-strays.ts";
import { gitDirOf } from "./own-git-dir.ts";
import { probeBubblewrap } from "./probe-bubblewrap.ts";
import { createModuleFinder } from "./protected-modules.ts";
import { type ProcessLimits, runProcess } from "./run-process.ts";
import { createTurns } from "./turns.ts";

export interface ShellOptions {
  readonly mode: ShellMode;
  readonly policy: SandboxPolicy;
  readonly parentEnv: Readonly<Record<string, string | undefined>>;
  /** Commands that run at a time; default: as many as there are processors. */
  readonly commandsMax?: number;
}

/** A fifth of the machine, at least 1 GB: several commands run at once beside the agents themselves. */
const memoryBytes = Math.max(1024 ** 3, Math.floor(totalmem() / 5));
const processesMax = 512;
/**
 * Most processes and threads in one sandbox, held by the kernel: it stops a fork bomb at once where the watch needs a
 * moment. The kernel counts them for each sandbox apart since 5.14, and does not hold root to it.
 */
const tasksMax = 4096;
/** Marks the processes of one command that runs without a sandbox. */
const strayMark = "SKEIN_COMMAND";

type RunCommand = (
  command: ShellCommand,
  limits: ProcessLimits,
  signal: AbortSignal,
) => Promise<ShellOutcome>;

/** Commands of one worktree go one after the other; of different worktrees, as many as are allowed at a time. */
export function createShell(options: ShellOptions): Shell {
  const runCommand = runnerOf(options);
  const slots = pLimit(options.commandsMax ?? availableParallelism());
  const inTurn = createTurns();
  return {
    run: (command, signal) => {
      const limits = { memoryBytes, processesMax, timeoutMs: command.timeoutMs };
      // A server in the background must not hold up the commands that use it.
      if (command.onOutput !== undefined) return runCommand(command, limits, signal);
      return inTurn(command.cwd, () => slots(() => runCommand(command, limits, signal)));
    },
  };
}

function runnerOf(options: ShellOptions): RunCommand {
  switch (options.mode) {
    case "bubblewrap":
      return createSandboxedRunner(options);
    case "unsandboxed":
      return (command, limits, signal) => runPlainly(options, command, { limits, signal });
    case "look-only":
      return (command, limits, signal) =>
        command.projectWritable || command.network
          ? Promise.resolve(refusedUnconfined)
          : runPlainly(options, command, { limits, signal });
  }
}

const refusedUnconfined: ShellOutcome = {
  kind: "refused",
  reason:
    "there is no sandbox on this machine, and without one only commands that look around are run. Install bubblewrap, or give --unsandboxed to run them all without",
};

function createSandboxedRunner({ policy, parentEnv }: ShellOptions): RunCommand {
  const findModules = createModuleFinder();
  let probing: ReturnType<typeof probeBubblewrap> | undefined;
  const configs = new Map<string, Promise<string>>();
  return async (command, limits, signal) => {
    probing ??= probeBubblewrap();
    const gitDir = gitDirOf(command.cwd) ?? policy.gitDir;
    const reading = configs.get(gitDir) ?? gitConfigForCommands(gitDir);
    configs.set(gitDir, reading);
    reading.catch(() => configs.delete(gitDir));
    const [probed, gitConfig] = await Promise.all([probing, reading]);
    if (!probed.works) {
      probing = undefined;
      return { kind: "refused", reason: probed.reason, code: probed.code };
    }
    const { cwd, outDir, network, projectWritable } = command;
    const place = {
      cwd,
      outDir,
      network,
      projectWritable,
      modules: findModules(cwd),
      gitConfigFd: 4,
    };
    const env = commandEnv(command, { home: privateHome, tmp: "/tmp", parent: parentEnv });
    const args = [
      "--json-status-fd",
      "5",
      ...bubblewrapArgs({ ...policy, gitDir }, place, probed.features),
      "--clearenv",
      ...Object.entries(env).flatMap(([name, value]) => ["--setenv", name, value]),
    ];
    return runProcess(
      {
        file: "bwrap",
        // By a pipe: there is no limit on their length, and nobody reads the environment in the process list.
        args: ["--args", "3", "--", ...bashArgs(command, `ulimit -u ${tasksMax} 2>/dev/null; `)],
        inputs: [args.map((arg) => `${arg}\0`).join(""), gitConfig],
        cwd: "/",
        // bwrap itself runs outside: a plan's LD_PRELOAD must not reach it.
        env: { PATH: policy.path },
        reports: true,
        endStrays: () => undefined,
        onOutput: command.onOutput,
      },
      limits,
      signal,
    );
  };
}

/** Without a sandbox, because the person asked for it or because the command only looks: still its own home, a clean environment, limits, a killed tree. */
async function runPlainly(
  options: ShellOptions,
  command: ShellCommand,
  { limits, signal }: { readonly limits: ProcessLimits; readonly signal: AbortSignal },
): Promise<ShellOutcome> {
  const own = await mkdtemp(join(tmpdir(), "skein-home-"));
  const home = await homeIn(own, command);
  const [file = "bash", ...args] = bashArgs(command);
  const env = commandEnv(command, { home, tmp: own, parent: options.parentEnv });
  const mark = randomUUID();
  const before = new Set(runningPids());
  const outcome = await runProcess(
    {
      file,
      args,
      inputs: [],
      cwd: command.cwd,
      env: { ...env, [strayMark]: mark },
      reports: false,
      onOutput: command.onOutput,
      endStrays: () => killStrays(`${strayMark}=${mark}`, before),
    },
    limits,
    signal,
  );
  await rm(own, { recursive: true, force: true, maxRetries: 3 });
  return outcome;
}

/** A setup command's is kept as it is; in another's there are links to the parts that it may see. */
async function homeIn(own: string, command: ShellCommand): Promise<string> {
  for (const { from, to, writable } of homeMounts(command)) {
    if (writable) return from;
    await mkdir(dirname(join(own, to)), { recursive: true });
    await symlink(from, join(own, to));
  }
  return own;
}

/**
 * The script's `$0` is `skein`, its arguments are the unit's files. Both outputs go through one pipe, so that they come
 * in the order they were written; on the script's first line, so that bash's line numbers stay right.
 */
function bashArgs(command: ShellCommand, before = ""): readonly string[] {
  return ["bash", "-c", `${before}exec 2>&1; ${command.script}`, "skein", ...command.args];
}
