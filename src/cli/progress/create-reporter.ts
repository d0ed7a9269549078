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
