import type { MemoryEntry } from "../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../model/memory-observation.ts";
import { sessionsIn, usesIn } from "./counted.ts";
import { sourcesMax } from "./make-fact.ts";
import { observationsIn } from "./observations-in.ts";
import { saysNothing } from "./safety/says-nothing.ts";
import { bySource, sourceName, sourceOf } from "./source-name.ts";

/** Kinds of lines that a record can do without: talk, what was said again and again, and reads, each by a count of them. */
export const compactKinds = ["talk", "repeats", "uses"] as const;
export type CompactKind = (typeof compactKinds)[number];

type Counted = Extract<MemoryEntry, { type: "counted" }>;

/** What a smaller record leaves out, and what it says in its place. */
export interface Compaction {
  /** Names of observations. */
  readonly observed: ReadonlySet<string>;
  /** What all lines that ever went come to; it takes the place of every count before. */
  readonly counted: readonly Counted[];
}

/** What is younger than this before the latest observation is left as it is; in milliseconds. */
const keptFor = 90 * 24 * 3_600_000;

/**
 * What can go from the record. It is a proposal: whoever carries it out has to see that a dream of what is left makes the
 * same facts. What a person decided on, and the first and latest lines that a fact names as its sources, stay.
 */
export function proposeCompaction(
  entries: readonly MemoryEntry[],
  kinds: ReadonlySet<CompactKind>,
): Compaction {
  const observations = observationsIn(entries);
  const latest = observations.reduce((max, { at }) => Math.max(max, timeOf(at)), 0);
  const before = latest - keptFor;
  const decided = decidedIn(entries);
  const old = (one: Observation): boolean =>
    timeOf(one.at) < before && !decided.has(sourceName(one));
  const talk = kinds.has("talk") ? observations.filter((one) => old(one) && saysNothing(one)) : [];
  const repeats = kinds.has("repeats") ? repeatsIn(observations).filter(({ one }) => old(one)) : [];
  const sessions = new Map(
    [...sessionsIn(entries)].map(([name, held]) => [name, new Set(held)] as const),
  );
  for (const { one, first } of repeats) {
    const name = sourceName(first);
    sessions.set(name, (sessions.get(name) ?? new Set()).add(one.session));
  }
  const uses = usesIn(
    entries.filter(
      (entry) =>
        entry.type === "counted" ||
        (entry.type === "used" && kinds.has("uses") && timeOf(entry.at) < before),
    ),
  );
  return {
    observed: new Set([...talk, ...repeats.map(({ one }) => one)].map(sourceName)),
    counted: [...new Set([...sessions.keys(), ...uses.keys()])].toSorted().map((name) => {
      const read = uses.get(name);
      return {
        type: "counted",
        source: sourceOf(name),
        sessions: [...(sessions.get(name) ?? [])].toSorted(),
        ...(read === undefined
          ? {}
          : { uses: { times: read.times, until: new Date(read.last).toISOString() } }),
      };
    }),
  };
}

/** Tells of each line of the record whether it goes. */
export function goesWith({ observed, counted }: Compaction): (entry: MemoryEntry) => boolean {
  const until = new Map(
    counted.map(({ source, uses }) => [sourceName(source), timeOf(uses?.until ?? "")] as const),
  );
  return (entry) => {
    if (entry.type === "observed") return observed.has(sourceName(entry.observation));
    if (entry.type === "used")
      return timeOf(entry.at) <= (until.get(sourceName(entry.source)) ?? 0);
    return entry.type === "counted";
  };
}

/** A person's word is about these; reads name theirs in counts. */
function decidedIn(entries: readonly MemoryEntry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) => {
      if (entry.type === "forgot" || entry.type === "reviewed")
        return entry.sources.map(sourceName);
      return entry.type === "used" || entry.type === "counted" ? [sourceName(entry.source)] : [];
    }),
  );
}

interface Repeat {
  readonly one: Observation;
  /** The first that said it. */
  readonly first: Observation;
}

/** Lines between the first and the latest of those that say the very same; a fact names none of them. */
function repeatsIn(observations: readonly Observation[]): readonly Repeat[] {
  const groups = new Map<string, Observation[]>();
  for (const one of observations) {
    const {
      session: _session,
      seq: _seq,
      at: _at,
      artifact: _artifact,
      commit: _commit,
      ...said
    } = one;
    const key = JSON.stringify(Object.entries(said).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [one]);
    else held.push(one);
  }
  const kept = sourcesMax / 2;
  return [...groups.values()].flatMap((held) => {
    const [first, ...rest] = held.toSorted(byTime);
    return first === undefined ? [] : rest.slice(kept - 1, -kept).map((one) => ({ one, first }));
  });
}

function byTime(a: Observation, b: Observation): number {
  return timeOf(a.at) - timeOf(b.at) || bySource(a, b);
}
