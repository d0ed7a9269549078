import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { observationsIn } from "./observations-in.ts";
import { sourceName } from "./source-name.ts";

/**
 * All observations that go when these are erased. A fact names only its first and latest sources; what said the same in the
 * same words goes with them.
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
  const alike = observations.filter((one) => texts.has(one.text) && !names.has(sourceName(one)));
  return [...sources, ...alike].map(({ session, seq }) => ({ session, seq }));
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
