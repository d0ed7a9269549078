import type { ShellOutcome } from "../../ports/shell.ts";
import { toolError, toolOk, type ToolOutcome } from "../tool.ts";
import type { Look } from "./background-commands.ts";

/** How a command ended, as the model reads it: its output, and a last line that says how. */
export function shellText(outcome: ShellOutcome): ToolOutcome {
  if (outcome.kind === "refused") return toolError(`The command was not run: ${outcome.reason}.`);
  const text = `${outcome.output.trimEnd()}\n[${endOf(outcome)}]`;
  return outcome.kind === "exited" && outcome.exitCode === 0 ? toolOk(text) : toolError(text);
}

/** How a background command stands, as the model reads it. */
export function lookText({ output, outcome }: Look): ToolOutcome {
  const state = outcome === undefined ? "it still runs" : endOf(outcome);
  return toolOk(`${output.trimEnd() || "(nothing new)"}\n[${state}]`);
}

/** One clause about how a command ended, and what to do about it. */
function endOf(outcome: ShellOutcome): string {
  switch (outcome.kind) {
    case "exited":
      return `exit code ${outcome.exitCode}`;
    case "timed-out":
      return "the command was ended: timed-out; give it more with timeout_ms, do less at once, or run it with background: true";
    case "out-of-memory":
      return "the command was ended: out-of-memory; do less at once";
    case "cancelled":
      return "the command was ended: cancelled";
    case "lost":
      return `the command came to no end: ${outcome.reason}`;
    case "refused":
      return `not run: ${outcome.reason}`;
  }
}
