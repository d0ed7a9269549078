import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { sourceName } from "./source-name.ts";

/**
 * Names of all observations that are one fact's history with these: whoever edited it said something in their place, and that may have
 * been edited, too, or taken back.
 */
export function oneHistory(
  sources: readonly SourceKey[],
  entries: readonly MemoryEntry[],
): ReadonlySet<string> {
  const names = new Set(sources.map(sourceName));
  let left = entries.flatMap(editsIn);
  for (let isMore = true; isMore;) {
    const some = left.filter((edit) => edit.some((name) => names.has(name)));
    left = left.filter((edit) => !some.includes(edit));
    for (const name of some.flat()) names.add(name);
    isMore = some.length > 0;
  }
  return names;
}

/** The names of what was said before an edit, and by it. */
function editsIn(entry: MemoryEntry): readonly (readonly string[])[] {
  if (entry.type !== "forgot" && entry.type !== "revoked") return [];
  const said = entry.type === "forgot" ? entry.instead : entry.said;
  return said === undefined ? [] : [[...entry.sources, said].map(sourceName)];
}
