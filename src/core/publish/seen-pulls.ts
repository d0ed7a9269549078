import type { PublishEntry } from "../../model/publish.ts";
import type { PullStanding } from "../../model/pull-standing.ts";

export interface SeenPull extends PullStanding {
  /** When its server was asked, in milliseconds since 1970. */
  readonly seenAt: number;
}

/** How pull requests stood when their servers were asked last, by their addresses. */
export function seenPulls(entries: readonly PublishEntry[]): ReadonlyMap<string, SeenPull> {
  return new Map(
    entries.flatMap((entry) =>
      entry.kind === "seen"
        ? [[entry.url, { state: entry.state, checks: entry.checks, seenAt: entry.at }]]
        : [],
    ),
  );
}
