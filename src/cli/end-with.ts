import type { Failure } from "../model/failure.ts";
import type { Io } from "./io.ts";
import { printFailure } from "./print-failure.ts";

/** Tells a person why a command did not do what it was to do; gives its exit code. */
export function endWith(failed: Failure, io: Pick<Io, "stderr" | "color">): number {
  printFailure(failed, io);
  return exitCodeOf(failed);
}

/** What goes wrong before a run begins is the plan's or the command line's fault, but for bugs and full disks of ours. */
export function exitCodeOf(failed: Failure): number {
  if (failed.kind === "environment") return 5;
  return failed.kind === "internal" || failed.kind === "io" || failed.kind === "setup" ? 1 : 2;
}
