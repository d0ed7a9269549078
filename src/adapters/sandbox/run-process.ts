import { spawn } from "node:child_process";

import type { ShellOutcome } from "../../ports/shell.ts";
import { createBoundedOutput } from "./bounded-output.ts";
import { useOfTree } from "./process-tree.ts";

export interface ProcessLimits {
  readonly memoryBytes: number;
  readonly processesMax: number;
  readonly timeoutMs: number;
}

/** How often the process tree is measured, in milliseconds: a tree that grows by 1 GB/s is caught 0.2 GB late. */
const watchEveryMs = 200;
const headBytes = 64 * 1024;
const tailBytes = 192 * 1024;

/**
 * Runs a program in a process group of its own until it ends, a limit is reached or the signal aborts; then the whole
 * group is killed, so nothing it started in the background outlives it.
 */
export function runProcess(
  command: {
    readonly file: string;
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
  },
  limits: ProcessLimits,
  signal: AbortSignal,
): Promise<ShellOutcome> {
  const startedAt = performance.now();
  const output = createBoundedOutput({ headBytes, tailBytes });
  const child = spawn(command.file, [...command.args], {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", output.add);
  child.stderr.on("data", output.add);

  return new Promise((resolve) => {
    let ended: "timed-out" | "out-of-memory" | "cancelled" | undefined;
    const end = (why: typeof ended): void => {
      ended ??= why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => end("timed-out"), limits.timeoutMs);
    const watch = setInterval(() => {
      const use = useOfTree(child.pid ?? 0);
      if (use.bytes > limits.memoryBytes || use.processes > limits.processesMax)
        end("out-of-memory");
    }, watchEveryMs);
    const onAbort = (): void => end("cancelled");
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();

    const settle = (outcome: ShellOutcome): void => {
      clearTimeout(timer);
      clearInterval(watch);
      signal.removeEventListener("abort", onAbort);
      resolve(outcome);
    };
    child.on("error", (error) =>
      settle({ kind: "refused", reason: `${command.file} could not be started: ${error.message}` }),
    );
    // The shell has ended; what it left running in the background holds the pipes open and must go first.
    child.on("exit", () => killGroup(child.pid));
    child.on("close", (code, endSignal) => {
      const text = output.text();
      const durationMs = Math.round(performance.now() - startedAt);
      if (ended !== undefined) return settle({ kind: ended, output: text, durationMs });
      return settle({
        kind: "exited",
        exitCode: code ?? 128 + signalNumber(endSignal),
        output: text,
        durationMs,
      });
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group is gone already.
  }
}

/** As shells report a death by signal: 128 + its number. */
function signalNumber(name: NodeJS.Signals | null): number {
  return name === "SIGKILL"
    ? 9
    : name === "SIGTERM"
      ? 15
      : name === "SIGINT"
        ? 2
        : name === "SIGSEGV"
          ? 11
          : 1;
}
