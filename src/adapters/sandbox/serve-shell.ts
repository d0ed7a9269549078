import type { Shell, ShellOutcome } from "../../ports/shell.ts";
import { createShell } from "./create-shell.ts";
import type { FromShellProcess, ToShellProcess } from "./shell-process.ts";

/** The other end of `openShellProcess`, in that process. When its parent is gone, what runs is ended, and so is it. */
export function serveShell(): void {
  const running = new Map<number, AbortController>();
  let shell: Shell | undefined;

  async function run({ id, command }: Extract<ToShellProcess, { kind: "run" }>): Promise<void> {
    if (shell === undefined) throw new Error("Internal error: a command before the set-up");
    const stop = new AbortController();
    running.set(id, stop);
    const outcome = await shell.run(command, stop.signal).catch(notStarted);
    running.delete(id);
    if (process.connected) process.send?.({ id, outcome } satisfies FromShellProcess);
  }

  process.on("message", (message: ToShellProcess) => {
    switch (message.kind) {
      case "setup":
        shell = createShell(message.options);
        break;
      case "run":
        void run(message);
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
