import type { Shell } from "../../ports/shell.ts";
import type { ShellOptions } from "../sandbox/create-shell.ts";
import type { HelperProcess } from "./helper-process.ts";

/** The same shell, in the process that starts programs. */
export function helperShell(helper: HelperProcess, options: ShellOptions): Shell {
  helper.useShell(options);
  return {
    run: async (command, signal) => {
      const answer = await helper.ask({ kind: "command", command }, signal);
      if ("outcome" in answer) return answer.outcome;
      if ("lost" in answer) return { kind: "lost", reason: answer.lost, output: "", durationMs: 0 };
      throw new Error("Internal error: a command was answered as a program");
    },
  };
}
