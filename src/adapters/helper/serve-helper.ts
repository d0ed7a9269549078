import type { Shell, ShellOutcome } from "../../ports/shell.ts";
import { createShell } from "../sandbox/create-shell.ts";
import type { FromHelper, HelperEnd, HelperTask, ToHelper } from "./helper-process.ts";
import { runProgramHere } from "./run-program.ts";

/** The other end of `openHelperProcess`, in that process. When its parent is gone, what runs is ended, and so is it. */
export function serveHelper(): void {
  const running = new Map<number, AbortController>();
  let shell: Shell | undefined;

  async function answerOf(task: HelperTask, signal: AbortSignal): Promise<HelperEnd> {
    if (task.kind === "program") return { end: await runProgramHere(task.call, signal) };
    if (shell === undefined) throw new Error("Internal error: a command before its shell");
    return { outcome: await shell.run(task.command, signal).catch(notStarted) };
  }

  async function run(id: number, task: HelperTask): Promise<void> {
    const stop = new AbortController();
    running.set(id, stop);
    const answer = await answerOf(task, stop.signal);
    running.delete(id);
    if (process.connected) process.send?.({ id, ...answer } satisfies FromHelper);
  }

  process.on("message", (message: ToHelper) => {
    switch (message.kind) {
      case "shell":
        shell = createShell(message.options);
        break;
      case "command":
      case "program":
        void run(message.id, message);
        break;
      case "cancel":
        running.get(message.id)?.abort();
        break;
    }
  });
  process.on("disconnect", () => {
    for (const stop of running.values()) stop.abort();
  });
}

/** A full disk, too many open files: this command's trouble, not the end of those beside it. */
function notStarted({ message, code }: NodeJS.ErrnoException): ShellOutcome {
  return { kind: "refused", reason: message, code };
}
