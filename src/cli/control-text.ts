import { printableLine } from "../core/printable.ts";
import { shownTokens } from "../core/report/figures.ts";
import type { Compaction, ControlAnswer } from "../model/control.ts";

/** An answer of a run as a person reads it, in lines. */
export function controlText(answer: ControlAnswer): readonly string[] {
  switch (answer.kind) {
    case "compactions":
      return answer.agents.length === 0
        ? ["no agent of that name is at work"]
        : answer.agents.map(({ unit, came }) => `${printableLine(unit)}: ${compactionText(came)}`);
    case "decided":
      return [`${printableLine(answer.task)} is ${answer.approved ? "approved" : "rejected"}`];
    case "stopped":
      return [`the run has stopped (exit code ${answer.exitCode})`];
    case "refused": {
      const { message, hint } = answer.failure;
      return [printableLine(hint === undefined ? message : `${message}; ${hint}`)];
    }
  }
}

function compactionText(came: Compaction): string {
  switch (came.kind) {
    case "compacted":
      return `summed up, ${shownTokens(came.before)} to ${shownTokens(came.after)} tokens`;
    case "left":
      return `left as it is (${shownTokens(came.tokens)} tokens): ${printableLine(came.why)}`;
    case "ended":
      return "its agent ended before it came to it";
  }
}
