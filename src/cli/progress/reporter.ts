import type { JournalEntry } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";

/** Tells a person or a program what happens in a run, entry by entry. */
export interface Reporter {
  onEntry(entry: JournalEntry): void;
  close(): void;
}

export function createReporter(options: {
  readonly kind: "live" | "plain" | "json";
  readonly io: Io;
  readonly clock: Pick<Clock, "now">;
}): Reporter {
  switch (options.kind) {
    case "json":
      return {
        onEntry: ({ at, event }) => options.io.stdout(`${JSON.stringify({ at, ...event })}\n`),
        close: () => {},
      };
    case "live":
      return createLiveReporter(options.io, options.clock);
    case "plain":
      return createPlainReporter(options.io, options.clock);
  }
}
