import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../model/memory-observation.ts";

/** What memory's own record comes to: a set, read without regard to order. */
export interface Ledger {
  /** Each once, those that were forgotten or rejected left out. */
  readonly observations: readonly Observation[];
  /** By source: when a person accepted it. */
  readonly accepted: ReadonlyMap<string, number>;
  /** By source: when a fact was read by an agent. */
  readonly uses: ReadonlyMap<string, readonly number[]>;
}

export function sourceName({ session, seq }: SourceKey): string {
  return `${session}\u0000${seq}`;
}

/** Two lines under one name are one observation; which one does not depend on the order they came in. */
export function readLedger(entries: Iterable<MemoryEntry>): Ledger {
  const observations = new Map<string, { readonly one: Observation; readonly text: string }>();
  const verdicts: Verdicts = new Map();
  const forgot = new Map<string, number>();
  const uses = new Map<string, Set<number>>();
  for (const entry of entries) {
    if (entry.type === "observed") {
      const name = sourceName(entry.observation);
      const text = JSON.stringify(entry.observation);
      const held = observations.get(name);
      if (held === undefined || text < held.text)
        observations.set(name, { one: entry.observation, text });
    } else if (entry.type === "used") {
      const name = sourceName(entry.source);
      const held = uses.get(name) ?? new Set<number>();
      uses.set(name, held.add(timeOf(entry.at)));
    } else if (entry.type === "forgot") {
      for (const source of entry.sources) {
        const name = sourceName(source);
        forgot.set(name, Math.max(timeOf(entry.at), forgot.get(name) ?? 0));
      }
    } else judge(entry, verdicts);
  }
  const gone = textsOf(forgot, observations);
  const kept = [...observations].filter(
    ([name, { one }]) =>
      !forgot.has(name) &&
      timeOf(one.at) >= (gone.get(one.text) ?? Number.NEGATIVE_INFINITY) &&
      verdicts.get(name)?.isAccepted !== false,
  );
  return {
    observations: kept.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { one }]) => one),
    accepted: new Map(
      [...verdicts].flatMap(([name, { at, isAccepted }]) =>
        isAccepted ? [[name, at] as const] : [],
      ),
    ),
    uses: new Map([...uses].map(([name, times]) => [name, [...times]])),
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
    const text = observations.get(name)?.one.text;
    if (text !== undefined) texts.set(text, Math.max(at, texts.get(text) ?? 0));
  }
  return texts;
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
