import type { HelperProcess } from "./helper-process.ts";
import { notStarted, type RunProgram } from "./run-program.ts";

/** Programs, started by that process. */
export function helperPrograms(helper: HelperProcess): RunProgram {
  return async (call, signal) => {
    const answer = await helper.ask({ kind: "program", call }, signal);
    if ("end" in answer) return answer.end;
    if ("lost" in answer) return { exitCode: notStarted, stdout: "", stderr: answer.lost };
    throw new Error("Internal error: a program was answered as a command");
  };
}
