import type { JournalEntry, RunEvent } from "../model/event.ts";

/** The append-only record of one run. */
export interface Journal extends AsyncDisposable {
  /** Resolves once the event is on disk; events are kept in call order. */
  append(event: RunEvent): Promise<JournalEntry>;
}
