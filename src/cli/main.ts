import { absoluteFolders } from "../core/absolute-folders.ts";
import { failure } from "../model/failure.ts";
import { createIo } from "./io.ts";
import { printFailure } from "./print-failure.ts";
import { reportBug } from "./report-bug.ts";
import { runCli } from "./run-cli.ts";

// Before anything is started, by whichever part of us.
process.env["PATH"] = absoluteFolders(process.env["PATH"] ?? "");
const io = createIo(process, ({ message }) => {
  const hint = "what the command did is done all the same; skein report tells of a run again";
  printFailure(failure("io", `the output cannot be written: ${message}`, { hint }), io);
  process.on("exit", (code) => {
    if (code === 0) process.exitCode = 5;
  });
});

// What no command caught. The process's state is unknown then, so it ends.
process.on("uncaughtException", (error) => {
  reportBug(error, { io, debug: process.argv.includes("--debug") });
  process.exit(1);
});

process.exitCode = await runCli(process.argv, io);
