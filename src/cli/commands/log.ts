import { setTimeout as delay } from "node:timers/promises";

import { parseEntry } from "../../adapters/journal/parse-journal.ts";
import { readJournalBytes } from "../../adapters/stored-runs.ts";
import { printableLine } from "../../core/printable.ts";
import { contextText, missText } from "../../core/report/context-text.ts";
import { shownCount, shownDuration, shownTests, shownUsd } from "../../core/report/figures.ts";
import type { RunPaint } from "../../core/report/paint.ts";
import type { JournalEntry } from "../../model/event.ts";
import type { Io } from "../io.ts";
import { type OpenedRun, openRun, standingOf } from "../open-run.ts";
import type { LogOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { eventLine } from "../progress/event-line.ts";
import { jsonLine } from "../progress/json-line.ts";

/** How often a journal that is followed is looked at: a person does not notice, the disk does not either. */
const pollMs = 200;

/** `skein log`: the journal in words, or as it is; with `--follow` until the run ends or its process is gone. */
export async function logCommand(options: LogOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const { entries } = run.value;
  const known = options.unit === undefined || entries.some((entry) => isAbout(entry, options.unit));
  if (!known && !options.follow) {
    printFailure(unknownUnit(run.value, options.unit ?? ""), io);
    return 2;
  }
  const show = (entry: JournalEntry): void => {
    if (!isAbout(entry, options.unit)) return;
    io.stdout(options.json ? jsonLine(entry) : logLine(entry, paintFor(io)));
  };
  for (const entry of entries) show(entry);
  if (options.follow) await follow(run.value, show);
  return 0;
}

function unknownUnit(run: OpenedRun, unit: string): Parameters<typeof printFailure>[0] {
  return {
    kind: "usage",
    message: `nothing in run ${run.id} is about "${unit}"`,
    hint: `see skein report ${run.id} for the units' names`,
  };
}

/** Reads on from the end of what was read, line by line; a line is only read once it is whole. */
async function follow(run: OpenedRun, show: (entry: JournalEntry) => void): Promise<void> {
  let seen = run.entries.length;
  let from = 0;
  let rest = "";
  let isOver = run.entries.at(-1)?.event.kind === "run-finished";
  const decoder = new TextDecoder();
  while (!isOver) {
    // Asked before reading: what a process wrote before its end is then read as well.
    const isGone = (await standingOf(run, {})) === "interrupted";
    const read = await readJournalBytes(run, from);
    if (!read.ok) return;
    from += read.value.length;
    const lines = (rest + decoder.decode(read.value, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const entry = parseEntry(line);
      if (typeof entry === "string") return;
      if (entry.seq < seen) continue;
      seen = entry.seq + 1;
      show(entry);
      isOver ||= entry.event.kind === "run-finished";
    }
    if (isGone) return;
    if (!isOver) await delay(pollMs);
  }
}

/** A task's name stands for all of its units. */
function isAbout({ event }: JournalEntry, unit: string | undefined): boolean {
  if (unit === undefined) return true;
  const ids = [
    ...("unit" in event ? [event.unit] : []),
    ...("task" in event ? [event.task] : []),
    ...("patch" in event && typeof event.patch === "string" ? [event.patch] : []),
  ];
  return ids.some((id) => id === unit);
}

function logLine(entry: JournalEntry, paint: RunPaint): string {
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
      return `${event.unit} $ ${event.command}: exit ${event.exitCode} after ${shownDuration(event.durationMs)}, ${event.log}`;
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
      return `the API answered ${event.status}; waits ${shownDuration(event.waitMs)}`;
  }
}
