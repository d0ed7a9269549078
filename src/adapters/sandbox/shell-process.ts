import { type ChildProcess, fork } from "node:child_process";

import type { Shell, ShellCommand, ShellOutcome } from "../../ports/shell.ts";
import type { ShellOptions } from "./create-shell.ts";

/** To the process: its set-up once, then commands and the end of commands. */
export type ToShellProcess =
  | { readonly kind: "setup"; readonly options: ShellOptions }
  | { readonly kind: "run"; readonly id: number; readonly command: ShellCommand }
  | { readonly kind: "cancel"; readonly id: number };

export interface FromShellProcess {
  readonly id: number;
  readonly outcome: ShellOutcome;
}

/**
 * The same shell in a small process of its own, started with the first command. Starting a program copies the page
 * tables of whoever starts it and stops it meanwhile: 1 ms for 60 MB, 4 ms for 160 MB, which the coordinator soon has.
 * `entry` is a module that calls `serveShell`.
 */
export function openShellProcess(entry: URL, options: ShellOptions): Shell & AsyncDisposable {
  const waiting = new Map<number, (outcome: ShellOutcome) => void>();
  let child: ChildProcess | undefined;
  let lastId = 0;

  function start(): ChildProcess {
    const started = fork(entry, {
      // A group of its own: Ctrl-C is for the coordinator, which then cancels what runs.
      detached: true,
      env: { PATH: options.parentEnv["PATH"] ?? "" },
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    started.on("message", ({ id, outcome }: FromShellProcess) => settle(id, outcome));
    started.on("error", (error) => lost(started, error.message));
    started.on("exit", (code, signal) => lost(started, `exit ${signal ?? code}`));
    tell(started, { kind: "setup", options });
    return started;
  }

  function settle(id: number, outcome: ShellOutcome): void {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
    // Nothing under way: it must not keep the coordinator alive.
    if (waiting.size === 0) hold(child, false);
  }

  /** What ran in it is gone with it; the next command starts another. */
  function lost(which: ChildProcess, why: string): void {
    if (which !== child) return;
    child = undefined;
    const reason = `the process that runs commands ended (${why})`;
    for (const id of waiting.keys())
      settle(id, { kind: "lost", reason, output: "", durationMs: 0 });
  }

  return {
    run: (command, signal) =>
      new Promise((resolve) => {
        const at = (child ??= start());
        const id = ++lastId;
        const cancel = (): void => tell(at, { kind: "cancel", id });
        waiting.set(id, (outcome) => {
          signal.removeEventListener("abort", cancel);
          resolve(outcome);
        });
        hold(at, true);
        tell(at, { kind: "run", id, command });
        if (signal.aborted) cancel();
        else signal.addEventListener("abort", cancel, { once: true });
      }),
    [Symbol.asyncDispose]: async () => {
      const last = child;
      if (last === undefined) return;
      const ended = new Promise((resolve) => last.once("exit", resolve));
      hold(last, true);
      last.disconnect();
      await ended;
    },
  };
}

/** A message to a process that has just ended is answered by its exit. */
function tell(child: ChildProcess, message: ToShellProcess): void {
  if (child.connected) child.send(message, () => undefined);
}

function hold(child: ChildProcess | undefined, held: boolean): void {
  if (held) {
    child?.ref();
    child?.channel?.ref();
  } else {
    child?.unref();
    child?.channel?.unref();
  }
}
