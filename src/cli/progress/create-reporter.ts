import type { JournalEntry } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { jsonLine } from "./json-line.ts";
import { createLiveReporter } from "./live-reporter.ts";
import { createPlainReporter } from "./plain-reporter.ts";
import type { Reporter } from "./reporter.ts";

/** `live` redraws a terminal, `plain` adds lines for a log, `json` writes every event to standard output. */
export function createReporter(options: {
  readonly kind: "live" | "plain" | "json";
  readonly io: Io;
  readonly clock: Pick<Clock, "now" | "sleep">;
  /** What happened until now, and is not told again. */
  readonly before: readonly JournalEntry[];
}): Reporter {
  const { io, clock, before } = options;
  switch (options.kind) {
    case "json":
      return { onEntry: (entry) => io.stdout(jsonLine(entry)), close: () => {} };
    case "live":
      return createLiveReporter(io, clock, before);
    case "plain":
      return createPlainReporter(io, clock, before);
  }
}
