import type { MemoryEntry } from "../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../model/memory-observation.ts";
import { sessionsIn, type Uses } from "./counted.ts";
import { sourceName } from "./source-name.ts";
import { usesAfterEdits } from "./uses-after-edits.ts";

/** What memory's own record comes to: a set, read without regard to order. */
export interface Ledger {
  /** Each once, those that were forgotten or rejected left out. */
  readonly observations: readonly Observation[];
  /** By source: when a person accepted it. */
  readonly accepted: ReadonlyMap<string, number>;
  /** By source: how often its fact was read by agents, and when last. */
  readonly uses: ReadonlyMap<string, Uses>;
  /** By source: other sessions that said the same, and whose lines a compaction took out. */
  readonly alsoIn: ReadonlyMap<string, readonly string[]>;
}

/** Two lines under one name are one observation; which one does not depend on the order they came in. */
export function readLedger(entries: Iterable<MemoryEntry>): Ledger {
  const observations = new Map<string, { readonly one: Observation; readonly text: string }>();
  const verdicts: Verdicts = new Map();
  const forgot = new Map<string, number>();
  const all = [...entries];
  for (const entry of all) {
    if (entry.type === "observed") {
      const name = sourceName(entry.observation);
      const text = JSON.stringify(entry.observation);
      const held = observations.get(name);
      if (held === undefined || text < held.text)
        observations.set(name, { one: entry.observation, text });
    } else if (entry.type === "forgot") {
      for (const source of entry.sources) {
        const name = sourceName(source);
        forgot.set(name, Math.max(timeOf(entry.at), forgot.get(name) ?? 0));
      }
    } else if (entry.type === "reviewed") judge(entry, verdicts);
  }
  const gone = textsOf(forgot, observations);
  const kept = [...observations].filter(
    ([name, { one }]) =>
      !forgot.has(name) &&
      // Where nothing was forgotten, what was said is not looked at.
      (gone.size === 0 || timeOf(one.at) >= (gone.get(wordsOf(one)) ?? Number.NEGATIVE_INFINITY)) &&
      verdicts.get(name)?.isAccepted !== false,
  );
  return {
    observations: kept.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { one }]) => one),
    accepted: new Map(
      [...verdicts].flatMap(([name, { at, isAccepted }]) =>
        isAccepted ? [[name, at] as const] : [],
      ),
    ),
    uses: usesAfterEdits(all),
    alsoIn: sessionsIn(all),
  };
}

/**
 * What the forgotten observations said, and when they were forgotten. A fact names only its first and latest sources; what said
 * the same in the same words until then goes with them.
 */
function textsOf(
  forgot: ReadonlyMap<string, number>,
  observations: ReadonlyMap<string, { readonly one: Observation }>,
): ReadonlyMap<string, number> {
  const texts = new Map<string, number>();
  for (const [name, at] of forgot) {
    const one = observations.get(name)?.one;
    if (one === undefined) continue;
    const words = wordsOf(one);
    texts.set(words, Math.max(at, texts.get(words) ?? 0));
  }
  return texts;
}

/** The same words of another scope, or of what holds under something else, say something else. */
function wordsOf({ text, scope, qualifiers }: Observation): string {
  const under = Object.entries(qualifiers ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([text, scope ?? "project", under]);
}

type Verdicts = Map<string, { readonly at: number; readonly isAccepted: boolean }>;

/** The latest verdict counts. */
function judge(entry: Extract<MemoryEntry, { type: "reviewed" }>, verdicts: Verdicts): void {
  const at = timeOf(entry.at);
  const isAccepted = entry.verdict === "accepted";
  for (const source of entry.sources) {
    const name = sourceName(source);
    if ((verdicts.get(name)?.at ?? -1) <= at) verdicts.set(name, { at, isAccepted });
  }
}
