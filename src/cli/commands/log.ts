import { setTimeout as delay } from "node:timers/promises";

import { parseEntry } from "../../adapters/journal/parse-journal.ts";
import { readJournalBytes } from "../../adapters/stored-runs.ts";
import type { JournalEntry } from "../../model/event.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { logLine } from "../log-line.ts";
import { type OpenedRun, openRun, standingOf } from "../open-run.ts";
import type { LogOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { jsonLine } from "../progress/json-line.ts";

/** How often a journal that is followed is looked at: a person does not notice, the disk does not either. */
const pollMs = 200;

/** `skein log`: the journal in words, or as it is; with `--follow` until the run ends or its process is gone. */
export async function logCommand(options: LogOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
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
  if (options.follow) await follow(run.value, show, () => io.isClosed);
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
async function follow(
  run: OpenedRun,
  show: (entry: JournalEntry) => void,
  isClosed: () => boolean,
): Promise<void> {
  let seen = run.entries.length;
  let from = 0;
  let rest = "";
  let isOver = run.entries.at(-1)?.event.kind === "run-finished";
  const decoder = new TextDecoder();
  while (!isOver && !isClosed()) {
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
