import type { JournalEntry } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";

/** Tells a person or a program what happens in a run, entry by entry. */
export interface Reporter {
  onEntry(entry: JournalEntry): void;
  /** Leaves the terminal as it was; nothing is drawn after it. Can be called again. */
  close(): void;
}

/** `live` redraws a terminal, `plain` adds lines for a log, `json` writes every event to standard output. */
export function createReporter(options: {
  readonly kind: "live" | "plain" | "json";
  readonly io: Io;
  readonly clock: Pick<Clock, "now" | "sleep">;
}): Reporter {
  const { io, clock } = options;
  switch (options.kind) {
    case "json":
      return { onEntry: (entry) => io.stdout(jsonLine(entry)), close: () => {} };
    case "live":
      return createLiveReporter(io, clock);
    case "plain":
      return createPlainReporter(io, clock);
  }
}

/** One event as one line: its fields, with the entry's number and time before them. */
export function jsonLine({ seq, at, event }: JournalEntry): string {
  return `${JSON.stringify({ seq, at, ...event })}\n`;
}
