import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir, totalmem } from "node:os";
import { join } from "node:path";

import pLimit from "p-limit";

import type { ShellMode } from "../../model/contract.ts";
import type { Shell, ShellCommand, ShellOutcome } from "../../ports/shell.ts";
import { bubblewrapArgs, privateHome, type SandboxPolicy } from "./bubblewrap-args.ts";
import { commandEnv } from "./command-env.ts";
import { nodeModulesOf } from "./node-modules-of.ts";
import { type ProcessLimits, runProcess } from "./run-process.ts";

export interface ShellOptions {
  readonly mode: ShellMode;
  readonly policy: SandboxPolicy;
  readonly parentEnv: Readonly<Record<string, string | undefined>>;
  /** Commands at a time; the rest wait their turn. */
  readonly commandsMax?: number;
}

/** A fifth of the machine, at least 1 GB: several commands run at once beside the agents themselves. */
const memoryBytes = Math.max(1024 ** 3, Math.floor(totalmem() / 5));
const processesMax = 512;

export function createShell(options: ShellOptions): Shell {
  const slots = pLimit(options.commandsMax ?? availableParallelism());
  return {
    run: (command, signal) => {
      if (options.mode === "off") return Promise.resolve(refusedOff);
      return slots(() => {
        const limits: ProcessLimits = { memoryBytes, processesMax, timeoutMs: command.timeoutMs };
        return options.mode === "bubblewrap"
          ? runSandboxed(options, command, { limits, signal })
          : runPlainly(options, command, { limits, signal });
      });
    },
  };
}

const refusedOff: ShellOutcome = {
  kind: "refused",
  reason: "there is no sandbox on this machine",
};

type Bounds = { readonly limits: ProcessLimits; readonly signal: AbortSignal };

async function runSandboxed(
  options: ShellOptions,
  command: ShellCommand,
  bounds: Bounds,
): Promise<ShellOutcome> {
  const { nodeModules, caches } = await nodeModulesOf(command.cwd);
  const args = bubblewrapArgs(options.policy, {
    cwd: command.cwd,
    outDir: command.outDir,
    network: command.network,
    nodeModules,
    caches,
  });
  const env = commandEnv(command, { home: privateHome, parent: options.parentEnv });
  return runProcess(
    { file: "bwrap", args: [...args, "--", ...bashArgs(command)], cwd: "/", env },
    bounds.limits,
    bounds.signal,
  );
}

/** Without a sandbox, because the person asked for it: still its own home, a clean environment, limits, a killed tree. */
async function runPlainly(
  options: ShellOptions,
  command: ShellCommand,
  bounds: Bounds,
): Promise<ShellOutcome> {
  const home = await mkdtemp(join(tmpdir(), "skein-home-"));
  const [file = "bash", ...args] = bashArgs(command);
  const env = commandEnv(command, { home, parent: options.parentEnv });
  const outcome = await runProcess(
    { file, args, cwd: command.cwd, env },
    bounds.limits,
    bounds.signal,
  );
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
  return outcome;
}

/** The script's `$0` is `skein`, its arguments are the unit's files. */
function bashArgs(command: ShellCommand): readonly string[] {
  return ["bash", "-c", command.script, "skein", ...command.args];
}
