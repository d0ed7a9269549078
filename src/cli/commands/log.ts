import type { JournalEntry } from "../../model/event.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { printableLine } from "../printable.ts";
import { lineFor } from "../progress/plain-reporter.ts";

/** `skein log`: the journal in words, or as it is. */
export async function logCommand(
  options: {
    readonly run: string;
    readonly repo: string;
    readonly unit?: string;
    readonly json?: boolean;
  },
  io: Io,
): Promise<number> {
  const run = await openRun(options);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const paint = paintFor(io);
  for (const entry of run.value.entries) {
    if (options.unit !== undefined && !isAbout(entry, options.unit)) continue;
    if (options.json === true) io.stdout(`${JSON.stringify(entry)}\n`);
    else {
      const line = lineFor(entry.event) ?? innerLine(entry);
      const time = new Date(entry.at).toISOString().slice(11, 23);
      if (line !== undefined) io.stdout(`${paint.faint(time)} ${printableLine(line)}\n`);
    }
  }
  if (run.value.unreadable > 0)
    io.stderr(`note: ${run.value.unreadable} lines of the journal cannot be read\n`);
  return 0;
}

function isAbout({ event }: JournalEntry, unit: string): boolean {
  return "unit" in event && (event.unit === unit || event.unit.startsWith(`${unit}[`));
}

/** What is too small for the progress of a run, and worth reading afterwards. */
function innerLine({ event }: JournalEntry): string | undefined {
  if (event.kind === "command-finished")
    return `${event.unit} $ ${event.command} -> ${event.exitCode}${event.log === "" ? "" : `  (${event.log})`}`;
  if (event.kind !== "agent") return undefined;
  const inner = event.event;
  if (inner.kind === "tool-started") return `${event.unit} ${inner.tool} ${inner.input}`;
  if (inner.kind === "tool-finished")
    return inner.ok ? undefined : `${event.unit} ${inner.tool} gave an error`;
  return inner.kind === "said" ? `${event.unit} says: ${inner.text}` : undefined;
}
