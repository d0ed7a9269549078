import { escapedText } from "../core/printable.ts";
import type { ReachedGate } from "../model/gate.ts";
import type { GateWord } from "../ports/gatekeeper.ts";
import type { ApproverOptions } from "./approver.ts";
import type { AskAboutGate } from "./gatekeeper.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** Asks the person at the terminal about a gate: the plan's words, and what it wants to be shown. */
export function askAboutGate(
  options: Pick<ApproverOptions, "io" | "paused" | "readLine">,
): AskAboutGate {
  return (gate, signal) =>
    options.paused(async (): Promise<GateWord> => {
      if (signal.aborted) return "later";
      options.io.stderr(box(gate, options.io));
      const answer = await options.readLine("Go on? [y]es / [n]o, never / [L]ater ", signal);
      const said = (answer ?? "").trim().toLowerCase();
      if (said === "y" || said === "yes") return { approved: true, by: "terminal" };
      if (said === "n" || said === "no") return { approved: false, by: "terminal" };
      return "later";
    });
}

/** Lines of the plan and of the work are shown as they are, without what could draw or hide. */
function box({ task, message, shown, stage }: ReachedGate, io: Io): string {
  const paint = paintFor(io);
  const what = stage === "start" ? "to start" : "to go on with the rest";
  const lines = [
    `${paint.strong(escapedText(task))} waits for your word ${what}`,
    ...escapedText(message)
      .split("\n")
      .map((line) => `  ${paint.strong(line)}`),
    ...shown.map((line) => `  ${escapedText(line).replaceAll("\n", " ")}`),
  ];
  return `\n${lines.join("\n")}\n`;
}
