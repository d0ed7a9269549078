import { CommanderError } from "commander";

import { errnoTrouble } from "../core/surroundings/errno-trouble.ts";
import type { Io } from "./io.ts";
import { packageVersion } from "./package-version.ts";
import { printFailure } from "./print-failure.ts";
import { createProgram } from "./program.ts";
import { reportBug } from "./report-bug.ts";

/** Parses the command line and runs one command, whose code is loaded only then. Gives the exit code. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const args = argv.slice(2);
  let exitCode = 0;
  const program = createProgram(io, async (command, raw) => {
    const { dispatch } = await import("./dispatch.ts");
    exitCode = await dispatch(command, raw, io);
  });
  if (args[0] === "-V" || args[0] === "--version") {
    io.stdout(`${packageVersion()}\n`);
    return 0;
  }
  if (args.length === 0) {
    const { briefPerson } = await import("./brief-person.ts");
    await briefPerson({}, io, { isFirstScreen: true });
    program.outputHelp({ error: true });
    io.stderr("\nThe interactive session is not in this version yet; name a command.\n");
    return 2;
  }
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    // Commander has said what is wrong; `--help` and `--version` end this way too.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const trouble = errnoTrouble(error);
    if (trouble !== undefined) {
      printFailure(trouble, io);
      return 5;
    }
    reportBug(error, { io, debug: args.includes("--debug") });
    return 1;
  }
}
