import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { Writable } from "node:stream";

import type { ShellOutcome } from "../../ports/shell.ts";
import { signalGroup } from "../signal-group.ts";
import { createBoundedOutput } from "./bounded-output.ts";
import { useOfTree } from "./process-tree.ts";

export interface ProcessLimits {
  readonly memoryBytes: number;
  readonly processesMax: number;
  readonly timeoutMs: number;
}

export interface ProcessCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Texts the process reads from its file descriptors 3, 4, … */
  readonly inputs: readonly string[];
  /** Whether it writes on the descriptor after those, to say how the command inside it ended. */
  readonly reports: boolean;
  /** Ends what left the process group; called once the process has ended. */
  readonly endStrays: () => void;
  /** Told the output as it comes. */
  readonly onOutput?: ((chunk: Buffer) => void) | undefined;
}

/** How often the process tree is measured, in milliseconds: one that grows by 1 GB/s is caught 0.1 GB late. */
const watchEveryMs = 100;
/** How long output may stay open after the process has ended, in milliseconds; only a stray process holds it. */
const drainMs = 500;
const headBytes = 64 * 1024;
const tailBytes = 192 * 1024;

/**
 * Runs a program in a process group of its own until it ends, a limit is reached or the signal aborts; then the whole
 * group is killed, so nothing it started in the background outlives it.
 */
export async function runProcess(
  command: ProcessCommand,
  limits: ProcessLimits,
  signal: AbortSignal,
): Promise<ShellOutcome> {
  if (signal.aborted) return { kind: "cancelled", output: "", durationMs: 0 };
  const startedAt = performance.now();
  const output = createBoundedOutput({ headBytes, tailBytes });
  const { child, report } = startProcess(command, (chunk) => {
    output.add(chunk);
    command.onOutput?.(chunk);
  });

  let ended: "timed-out" | "out-of-memory" | "cancelled" | undefined;
  const end = (why: typeof ended, remark: string): void => {
    if (ended !== undefined) return;
    ended = why;
    output.add(Buffer.from(`\n[skein] ended: ${remark}\n`));
    signalGroup(child.pid, "SIGKILL");
  };
  const onAbort = (): void => end("cancelled", "cancelled");
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = setTimeout(
    () => end("timed-out", `it took longer than ${limits.timeoutMs / 1000} s`),
    limits.timeoutMs,
  );
  const watch = setInterval(() => {
    const excess = excessOf(child.pid, limits);
    if (excess !== undefined) end("out-of-memory", excess);
  }, watchEveryMs);

  const last = await lastOf(child, command.endStrays);
  clearTimeout(timer);
  clearInterval(watch);
  signal.removeEventListener("abort", onAbort);
  const text = output.text();
  const durationMs = Math.round(performance.now() - startedAt);
  if (last instanceof Error) {
    const { code, message } = last as NodeJS.ErrnoException;
    return { kind: "refused", reason: `${command.file}: ${message}`, code };
  }
  if (ended !== undefined) return { kind: ended, output: text, durationMs };
  if (command.reports && !report().includes('"exit-code"')) {
    // Somebody else has killed it, and the command with it.
    if (child.signalCode !== null) {
      return { kind: "lost", reason: `${command.file} was ended`, output: text, durationMs };
    }
    return { kind: "refused", reason: `${command.file}: ${text.trim()}` };
  }
  return { kind: "exited", exitCode: last, output: text, durationMs };
}

function startProcess(
  command: ProcessCommand,
  onOutput: (chunk: Buffer) => void,
): { readonly child: ChildProcess; readonly report: () => string } {
  const pipe = "pipe" as const;
  const child = spawn(command.file, [...command.args], {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: [
      "ignore",
      pipe,
      pipe,
      ...command.inputs.map(() => pipe),
      ...(command.reports ? [pipe] : []),
    ],
  });
  // There are no streams at all when the system has none left.
  const streams = (child.stdio as typeof child.stdio | undefined) ?? [];
  child.stdout?.on("data", onOutput);
  child.stderr?.on("data", onOutput);
  let report = "";
  streams.slice(3).forEach((stream, index) => {
    // A process that ends before it has read everything says why by how it ends.
    stream?.on("error", () => undefined);
    if (stream instanceof Writable && index < command.inputs.length) {
      stream.end(command.inputs[index]);
    } else {
      stream?.on("data", (chunk: Buffer) => {
        report += chunk.toString();
      });
    }
  });
  return { child, report: () => report };
}

/** Resolves when the process is gone and its output read: its exit code, or why it could not be started. */
function lastOf(child: ChildProcess, endStrays: () => void): Promise<number | Error> {
  return new Promise((resolve) => {
    let draining: NodeJS.Timeout | undefined;
    child.on("error", resolve);
    // What it left running in the background holds the pipes open and must go first.
    child.on("exit", () => {
      signalGroup(child.pid, "SIGKILL");
      endStrays();
      draining = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
      }, drainMs);
    });
    child.on("close", (code, endSignal) => {
      clearTimeout(draining);
      resolve(code ?? 128 + constants.signals[endSignal ?? "SIGKILL"]);
    });
  });
}

function excessOf(pid: number | undefined, limits: ProcessLimits): string | undefined {
  if (pid === undefined) return undefined;
  const { bytes, processes } = useOfTree(pid, limits.processesMax);
  if (bytes > limits.memoryBytes) {
    return `it used more than ${Math.round(limits.memoryBytes / 1024 ** 2)} MB of memory`;
  }
  if (processes > limits.processesMax) return `it had more than ${limits.processesMax} processes`;
  return undefined;
}
