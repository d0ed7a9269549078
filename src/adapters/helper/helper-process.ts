import { type ChildProcess, fork } from "node:child_process";

import type { ShellCommand, ShellOutcome } from "../../ports/shell.ts";
import type { ShellOptions } from "../sandbox/create-shell.ts";
import type { ProgramCall, ProgramEnd } from "./run-program.ts";

/** What it is asked to do. */
export type HelperTask =
  | { readonly kind: "command"; readonly command: ShellCommand }
  | { readonly kind: "program"; readonly call: ProgramCall };

/** To the process: once which shell commands run in, then tasks and the end of tasks. */
export type ToHelper =
  | { readonly kind: "shell"; readonly options: ShellOptions }
  | (HelperTask & { readonly id: number })
  | { readonly kind: "cancel"; readonly id: number };

/** What came of a task. */
export type HelperEnd = { readonly outcome: ShellOutcome } | { readonly end: ProgramEnd };

export type FromHelper = HelperEnd & { readonly id: number };

/** `lost`: it went with the process. */
export type HelperAnswer = HelperEnd | { readonly lost: string };

export interface HelperProcess extends AsyncDisposable {
  ask(task: HelperTask, signal: AbortSignal | undefined): Promise<HelperAnswer>;
  /** Which shell its commands run in. */
  useShell(options: ShellOptions): void;
}

/**
 * A small process that starts programs for this one, itself started with the first of them. Starting a program copies the
 * page tables of whoever starts it and stops it meanwhile: 1 ms for 60 MB, 4 ms for 160 MB, which the coordinator soon
 * has, and on a busy machine a multiple. `entry` is a module that calls `serveHelper`.
 */
export function openHelperProcess(entry: URL): HelperProcess {
  const waiting = new Map<number, (answer: HelperAnswer) => void>();
  let child: ChildProcess | undefined;
  let shell: ShellOptions | undefined;
  let lastId = 0;

  function start(): ChildProcess {
    const started = fork(entry, {
      // A group of its own: Ctrl-C is for the coordinator, which then cancels what runs.
      detached: true,
      env: { PATH: process.env["PATH"] ?? "" },
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    started.on("message", (answer: FromHelper) => settle(answer.id, answer));
    started.on("error", (error) => lost(started, error.message));
    started.on("exit", (code, signal) => lost(started, `exit ${signal ?? code}`));
    if (shell !== undefined) tell(started, { kind: "shell", options: shell });
    return started;
  }

  function settle(id: number, answer: HelperAnswer): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
    // Nothing under way: it must not keep the coordinator alive.
    if (waiting.size === 0) hold(child, false);
  }

  /** What ran in it is gone with it; the next task starts another. */
  function lost(which: ChildProcess, why: string): void {
    if (which !== child) return;
    child = undefined;
    for (const id of waiting.keys())
      settle(id, { lost: `the process that runs commands ended (${why})` });
  }

  return {
    useShell: (options) => {
      shell = options;
      if (child !== undefined) tell(child, { kind: "shell", options });
    },
    ask: (task, signal) =>
      new Promise((resolve) => {
        const at = (child ??= start());
        const id = ++lastId;
        const cancel = (): void => tell(at, { kind: "cancel", id });
        waiting.set(id, (answer) => {
          signal?.removeEventListener("abort", cancel);
          resolve(answer);
        });
        hold(at, true);
        tell(at, { ...task, id });
        if (signal?.aborted === true) cancel();
        else signal?.addEventListener("abort", cancel, { once: true });
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
function tell(child: ChildProcess, message: ToHelper): void {
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
