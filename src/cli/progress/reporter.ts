import type { JournalEntry } from "../../model/event.ts";

/** Tells a person or a program what happens in a run, entry by entry. */
export interface Reporter {
  onEntry(entry: JournalEntry): void;
  /** Leaves the terminal as it was; nothing is drawn after it. Can be called again. */
  close(): void;
}
