import type { UnitFinished } from "../../model/event.ts";

/** Lines of an output that tell what is wrong, in the words of test runners, compilers and interpreters. */
const telling =
  /\b(?:\w*error|failed|failure|not ok|assert\w*|expected|cannot|undefined|panic|fatal|exception)\b|✗|✕|×/i;

/** In one line: the first of a unit's output that says what is wrong, or why it failed. */
export function firstErrorOf({ failure, reason, outcome }: UnitFinished): string {
  const lines = (failure?.detail ?? "").split("\n").map((line) => line.trim());
  const said = (reason ?? failure?.message ?? outcome).split("\n")[0]?.trim() ?? "";
  return lines.find((line) => telling.test(line)) ?? said;
}
