import { printableLine } from "../core/printable.ts";
import { commandEndText } from "../core/report/command-end-text.ts";
import { contextText, missText } from "../core/report/context-text.ts";
import { shownCount, shownDuration, shownTests, shownUsd } from "../core/report/figures.ts";
import type { RunPaint } from "../core/report/paint.ts";
import { retryText } from "../core/report/retry-text.ts";
import type { JournalEntry } from "../model/event.ts";
import { eventLine } from "./progress/event-line.ts";

/** An entry of a journal in words, when and what. */
export function logLine(entry: JournalEntry, paint: RunPaint): string {
  const time = paint.faint(new Date(entry.at).toISOString().slice(11, 23));
  const story = eventLine(entry.event, paint);
  const text =
    story === undefined
      ? `  ${paint.faint(printableLine(innerText(entry)))}`
      : `${story.mark} ${story.text}`;
  return `${time} ${text}\n`;
}

/** What is too small for watching a run, and worth reading when one digs. */
function innerText({ event }: JournalEntry): string {
  switch (event.kind) {
    case "command-finished":
      return `${event.unit} $ ${event.command}: ${commandEndText(event)} after ${shownDuration(event.durationMs)}${event.log === "" ? "" : `, ${event.log}`}`;
    case "unit-state":
      return `${event.unit} ${event.state}`;
    case "patch-merged":
      return `${event.unit} merged ${event.patch} as ${event.commit.slice(0, 10)}`;
    case "tests-compared":
      return `${event.unit} $ ${event.command}: ${shownTests(event)}; against the base ${event.newlyFailing.length} newly failing, ${event.newlyPassing} newly passing, ${event.removed.length} gone, ${event.flaky.length} flaky`;
    case "merge-verified":
      return `${event.unit} with ${event.merged} merged is ${event.ok ? "green" : "red"}`;
    case "commit-merged":
      return `${event.commit.slice(0, 10)} holds ${event.parents.map((parent) => parent.slice(0, 10)).join(", ")}`;
    case "merge-started":
      return `${event.unit} has nothing to merge`;
    case "task-expanded":
      return `${event.task}: ${event.units.length === 0 ? "no units" : event.units.map(({ id }) => id).join(", ")}`;
    case "candidate-ended":
      return `${event.unit} candidate ${event.candidate} ended ${event.outcome}${event.reason === undefined ? "" : `: ${event.reason}`}, ${shownUsd(event.spent.usd)}`;
    case "agent":
      return `${event.unit} ${agentText(event.event)}`;
    default:
      return event.kind;
  }
}

type AgentEvent = Extract<JournalEntry["event"], { readonly kind: "agent" }>["event"];

function agentText(event: AgentEvent): string {
  switch (event.kind) {
    case "turn-started":
      return `turn ${event.turn}`;
    case "reserved":
      return `asks, for about ${shownUsd(event.usd)}`;
    case "said":
      return `says: ${event.text}`;
    case "tool-started":
      return `${event.tool} ${event.input}`;
    case "tool-finished":
      return `${event.tool} ${event.ok ? "done" : "failed"} after ${shownDuration(event.durationMs)}, ${event.outputChars} characters`;
    case "refused":
      return `was refused ${event.tool} ${event.about}: ${event.reason}`;
    case "hook-warned":
      return `is told: ${event.text}`;
    case "context":
      return contextText(event);
    case "paid-before":
      return `has ${event.replies.length} replies in its transcript`;
    case "cache-missed":
      return `the cache had ${event.tokens} tokens less than it could have: ${missText(event.why)}`;
    case "replayed":
      return `goes on after ${shownCount(event.turns, "turn")} of its earlier life: ${shownUsd(event.usd)} not paid again`;
    case "spent":
      return `has used ${event.spent.inputTokens + event.spent.cacheReadTokens + event.spent.cacheWriteTokens} tokens in, ${event.spent.outputTokens} out`;
    case "api-retry":
      return retryText(event);
  }
}
