import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { oneHistory } from "./one-history.ts";
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
 * The last thing that a person decided on a fact with these sources and has not taken back, whichever of the texts it had since it was
 * first said. `entries` are those of a record that a person's commands and edits wrote.
 */
export function lastDecision(
  entries: readonly MemoryEntry[],
  sources: readonly SourceKey[],
): Decided | "none" | "all taken back" {
  const history = oneHistory(sources, entries);
  const isOn = (source: SourceKey): boolean => history.has(sourceName(source));
  const last = latestOf(decisionsIn(standing(entries)).filter((one) => namedBy(one).some(isOn)));
  if (last !== undefined) return last;
  const isBack = entries.some((entry) => entry.type === "revoked" && namedBy(entry).some(isOn));
  return isBack ? "all taken back" : "none";
}

function decisionsIn(entries: readonly MemoryEntry[]): readonly Decided[] {
  const instead = new Set(
    entries.flatMap((entry) =>
      entry.type === "forgot" && entry.instead !== undefined ? [sourceName(entry.instead)] : [],
    ),
  );
  return entries
    .flatMap((entry) => decidedBy(entry) ?? [])
    .filter(
      ({ what, said }) => what !== "added" || said === undefined || !instead.has(sourceName(said)),
    );
}

function namedBy({ sources, said }: Pick<Decided, "sources" | "said">): readonly SourceKey[] {
  return said === undefined ? sources : [...sources, said];
}

/** Of one moment, what was decided on what another one said comes after it; the rest has some order, whatever that of the record is. */
function latestOf(decisions: readonly Decided[]): Decided | undefined {
  const ranked = decisions.map((one) => ({
    one,
    time: timeOf(one.at),
    depth: depthOf(one, decisions),
    name: JSON.stringify([one.what, namedBy(one).map(sourceName)]),
  }));
  return ranked.toSorted(
    (a, b) =>
      b.time - a.time || b.depth - a.depth || (a.name === b.name ? 0 : a.name < b.name ? -1 : 1),
  )[0]?.one;
}

/** How many decisions it was decided after, each on what the one before it said. */
function depthOf(one: Decided, decisions: readonly Decided[]): number {
  const others = decisions.filter((other) => other !== one);
  const before = others.filter(({ said }) => {
    const name = said === undefined ? undefined : sourceName(said);
    return one.sources.some((source) => sourceName(source) === name);
  });
  return Math.max(0, ...before.map((other) => 1 + depthOf(other, others)));
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
