import { absoluteFolders } from "../core/absolute-folders.ts";
import { createIo } from "./io.ts";
import { reportBug } from "./report-bug.ts";
import { runCli } from "./run-cli.ts";

// Before anything is started, by whichever part of us.
process.env["PATH"] = absoluteFolders(process.env["PATH"] ?? "");
const io = createIo(process);

// A reader that has seen enough, such as head, closes the pipe: that is no failure of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    throw error;
  });
}
// What no command caught. The process's state is unknown then, so it ends.
process.on("uncaughtException", (error) => {
  reportBug(error, { io, debug: process.argv.includes("--debug") });
  process.exit(1);
});

process.exitCode = await runCli(process.argv, io);
