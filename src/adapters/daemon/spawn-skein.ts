import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import type { ProcessIdentity } from "../../model/process-identity.ts";
import type { JobStart } from "../../ports/daemon-world.ts";
import { childIdentity, isProcessAlive } from "../process-identity.ts";
import { signalGroup } from "../signal-group.ts";

/** Set for commands that the daemon gives: nobody sits there, so they are no sign of activity. */
export const byDaemon = "SKEIN_BY_DAEMON";
/** Between being asked to end and being ended. Whatever is at work may be cut off at any moment without harm. */
const graceMs = 400;
const errorMax = 2_000;

export interface SkeinEnd {
  /** Undefined: it was ended by a signal. */
  readonly exitCode: number | undefined;
  /** The end of what it said on standard error. */
  readonly errors: string;
}

/** Runs a command of our own in a process of its own, in its own group, so that all of it can be ended at once. */
export async function spawnSkein(
  args: readonly string[],
  options: {
    readonly entry: string;
    readonly cwd: string;
    readonly signal: AbortSignal;
    readonly onChild: JobStart["onChild"];
    readonly onLine: (line: string) => void;
  },
): Promise<SkeinEnd> {
  const child = spawn(process.execPath, [options.entry, ...args], {
    cwd: options.cwd,
    env: { ...process.env, [byDaemon]: "1" },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  const identity = child.pid === undefined ? undefined : childIdentity(child.pid);
  if (identity !== undefined) options.onChild({ child: identity });
  createInterface({ input: child.stdout }).on("line", options.onLine);
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-errorMax);
  });
  const giveWay = (): void => endGroup(child);
  options.signal.addEventListener("abort", giveWay);
  if (options.signal.aborted) giveWay();
  try {
    await ended;
  } finally {
    options.signal.removeEventListener("abort", giveWay);
  }
  return { exitCode: child.exitCode ?? undefined, errors };
}

function endGroup(child: ChildProcess): void {
  signalGroup(child.pid, "SIGTERM");
  setTimeout(() => signalGroup(child.pid, "SIGKILL"), graceMs);
}

/** Ends what an earlier daemon's job left at work, if it is that process still: numbers of processes are used again. */
export function endLeftProcess(child: ProcessIdentity): void {
  if (isProcessAlive(child) === true) signalGroup(child.pid, "SIGKILL");
}
