import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { readLedger } from "./ledger.ts";
import { observationsIn } from "./observations-in.ts";
import { oneHistory } from "./one-history.ts";
import { sourceName } from "./source-name.ts";
import { standing } from "./standing.ts";

/**
 * All observations that go when these are erased. A fact names only its first and latest sources; what said the same in the
 * same words goes with them, and so does whatever the fact said before it was edited, or by an edit that was taken back.
 */
export function sourcesToErase(
  sources: readonly SourceKey[],
  entries: readonly MemoryEntry[],
): readonly SourceKey[] {
  const names = new Set(sources.map(sourceName));
  const observations = observationsIn(entries);
  const texts = new Set(
    observations.filter((one) => names.has(sourceName(one))).map(({ text }) => text),
  );
  const history = oneHistory(sources, entries);
  const holds = new Set(readLedger(standing(entries)).observations.map(sourceName));
  const over = observations.filter((one) => !holds.has(sourceName(one)));
  const before = new Set(
    over.filter((one) => history.has(sourceName(one))).map(({ text }) => text),
  );
  const gone = [
    ...observations.filter(({ text }) => texts.has(text)),
    // Somebody else may say so, too, and it holds.
    ...over.filter(({ text }) => before.has(text)),
  ].filter((one) => !names.has(sourceName(one)));
  const all = new Map([...sources, ...gone].map((one) => [sourceName(one), one]));
  return [...all.values()].map(({ session, seq }) => ({ session, seq }));
}

/** Names of observations that were erased and whose words are still in the record: something cut the erasing off. */
export function dueErasures(entries: readonly MemoryEntry[]): ReadonlySet<string> {
  const erased = erasedIn(entries);
  if (erased.size === 0) return erased;
  return new Set(
    observationsIn(entries)
      .map(sourceName)
      .filter((name) => erased.has(name)),
  );
}

/** Names of all that was ever erased: it is not taken in again. */
export function erasedIn(entries: readonly MemoryEntry[]): ReadonlySet<string> {
  return new Set(
    entries.flatMap((entry) =>
      entry.type === "forgot" && entry.erased === true ? entry.sources.map(sourceName) : [],
    ),
  );
}
