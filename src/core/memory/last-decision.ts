import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { sourceName } from "./source-name.ts";
import { standing } from "./standing.ts";

/** Something that a person decided, as what takes it back names it. */
export interface Decided {
  readonly what: "added" | "edited" | "forgot" | "erased" | "accepted" | "rejected";
  readonly at: string;
  /** What it was decided on. */
  readonly sources: readonly SourceKey[];
  /** What was said with it. */
  readonly said?: SourceKey | undefined;
}

/**
 * The last thing that a person decided on some observations and has not taken back. `entries` are those of a record that a person's
 * commands and edits wrote.
 */
export function lastDecision(
  entries: readonly MemoryEntry[],
  isOn: (source: SourceKey) => boolean,
): Decided | undefined {
  const left = standing(entries);
  const instead = new Set(
    left.flatMap((entry) =>
      entry.type === "forgot" && entry.instead !== undefined ? [sourceName(entry.instead)] : [],
    ),
  );
  return left
    .flatMap((entry) => decidedBy(entry) ?? [])
    .filter(
      ({ what, said }) => what !== "added" || said === undefined || !instead.has(sourceName(said)),
    )
    .filter(({ sources, said }) => sources.some(isOn) || (said !== undefined && isOn(said)))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
}

function decidedBy(entry: MemoryEntry): Decided | undefined {
  if (entry.type === "observed") {
    const { session, seq, at, origin } = entry.observation;
    return origin === "user"
      ? { what: "added", at, sources: [], said: { session, seq } }
      : undefined;
  }
  if (entry.type === "reviewed")
    return { what: entry.verdict, at: entry.at, sources: entry.sources };
  if (entry.type !== "forgot") return undefined;
  const { at, sources, instead: said, erased } = entry;
  const what = erased === true ? "erased" : said === undefined ? "forgot" : "edited";
  return { what, at, sources, said };
}
