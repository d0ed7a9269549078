import { printable } from "../core/printable.ts";
import type { Failure } from "../model/failure.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** What happened and where, the facts, then what to do next. */
export function printFailure(failed: Failure, io: Pick<Io, "stderr" | "color">): void {
  const paint = paintFor(io);
  const detail =
    failed.detail === undefined
      ? ""
      : `${paint.faint(indent(printable(failed.detail.trimEnd())))}\n`;
  const hint =
    failed.hint === undefined ? "" : `  ${paint.strong("next:")} ${printable(failed.hint)}\n`;
  io.stderr(`${paint.error("skein:")} ${printable(failed.message)}\n${detail}${hint}`);
}

function indent(text: string): string {
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
