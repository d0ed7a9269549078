import { shownDuration, shownTokens } from "../../core/report/figures.ts";
import type { RunEvent } from "../../model/event.ts";
import { totalTokens } from "../../model/spend.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { printableLine } from "../printable.ts";
import type { Reporter } from "./reporter.ts";

/** A silent run looks like a dead one: after this long without a line, one says that it still works. */
const heartbeatMs = 30_000;

/** One line a change, for logs and pipes. */
export function createPlainReporter(io: Io, clock: Pick<Clock, "now">): Reporter {
  const running = new Set<string>();
  let saidAt = clock.now();
  const say = (text: string): void => {
    saidAt = clock.now();
    io.stderr(`${printableLine(text)}\n`);
  };
  const timer = setInterval(() => {
    if (clock.now() - saidAt >= heartbeatMs)
      say(`… still working on ${[...running].slice(0, 5).join(", ") || "the plan"}`);
  }, heartbeatMs / 3);
  timer.unref();
  return {
    onEntry: ({ event }) => {
      if (event.kind === "unit-started") running.add(event.unit);
      if (event.kind === "unit-finished") running.delete(event.unit);
      const text = lineFor(event);
      if (text !== undefined) say(text);
    },
    close: () => clearInterval(timer),
  };
}

/** What a journal entry says on one line; undefined for what is only of interest inside. */
export function lineFor(event: RunEvent): string | undefined {
  switch (event.kind) {
    case "run-started":
      return `run ${event.run}: ${event.name}${event.offline ? " (offline model)" : ""}`;
    case "plan-accepted":
      return `plan: ${event.tasks.join(", ")}`;
    case "plan-grown":
      return `plan grown by ${event.by}: ${event.added.join(", ")}`;
    case "task-ended":
      return `${event.task} ${event.outcome}: ${event.reason}`;
    case "unit-started":
      return `${event.unit} started${event.attempt > 1 ? ` (attempt ${event.attempt})` : ""}`;
    case "unit-state":
      return event.state === "verifying" || event.state === "merging"
        ? `${event.unit} ${event.state}`
        : undefined;
    case "unit-retrying":
      return `${event.unit} will be tried again: ${event.failure.message}`;
    case "unit-finished": {
      const spent =
        event.spent.turns === 0
          ? ""
          : `, ${event.spent.turns} turns, ${shownTokens(totalTokens(event.spent))} tokens`;
      const files = event.patch === undefined ? "" : `, ${event.patch.files.length} files`;
      return `${event.unit} ${event.outcome} in ${shownDuration(event.durationMs)}${files}${spent}${event.reason === undefined ? "" : `: ${event.reason}`}`;
    }
    case "conflict-found":
      return `conflict: ${event.patch} in ${event.files.join(", ")}`;
    case "patch-merged":
      return event.resolved ? `conflict settled: ${event.patch}` : undefined;
    case "patch-dropped":
      return `not merged: ${event.patch}: ${event.reason}`;
    case "task-expanded":
      return event.units.length > 1 ? `${event.task}: ${event.units.length} units` : undefined;
    case "agent":
    case "command-finished":
    case "merge-started":
    case "run-finished":
      return undefined;
  }
}
