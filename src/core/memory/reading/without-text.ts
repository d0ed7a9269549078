import type { MemoryEntry } from "../../../model/memory-entry.ts";
import type { Hash } from "../fact-id.ts";
import { observationsIn } from "../observations-in.ts";

/**
 * Tells of a reading whether the text it read is in none of these lines: it says nothing any more, and has words of that text in it.
 */
export function withoutText(
  entries: readonly MemoryEntry[],
  hash: Hash,
): (entry: MemoryEntry) => boolean {
  let texts: ReadonlySet<string> | undefined;
  return (entry) => {
    if (entry.type !== "read") return false;
    // Nearly no record has one.
    texts ??= new Set(observationsIn(entries).map(({ text }) => hash(text)));
    return !texts.has(entry.of);
  };
}
