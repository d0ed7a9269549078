import { resolve } from "node:path";

import { type Command, CommanderError } from "commander";

import { findTop } from "../adapters/find-top.ts";
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
  if (args.length === 0) return withoutCommand(program, io);
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

/** A person sees where they are and what they could do; a script forgot something. */
async function withoutCommand(program: Command, io: Io): Promise<number> {
  if (io.isTTY) {
    const [{ showFirstScreen }, { tellOfActivity }] = await Promise.all([
      import("./brief-person.ts"),
      import("./tell-of-activity.ts"),
    ]);
    tellOfActivity({}, io);
    await showFirstScreen(findTop(resolve(".")), io);
    return 0;
  }
  program.outputHelp({ error: true });
  io.stderr("\nNo command was given; name a command.\n");
  return 2;
}
