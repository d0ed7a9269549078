import type { JournalEntry } from "../../model/event.ts";

/** One event as one line: its fields, with the entry's number and time before them. */
export function jsonLine({ seq, at, event }: JournalEntry): string {
  return `${JSON.stringify({ seq, at, ...event })}\n`;
}
