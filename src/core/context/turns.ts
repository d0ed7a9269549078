import type { ContextEntry } from "./entry.ts";

/** A reply with the results of its calls: what may be folded or kept only as a whole. */
export interface Turn {
  /** Indexes of the first and of the last entry. */
  readonly from: number;
  readonly to: number;
}

/** The finished turns, in order. What is only told stands between them; a reply whose calls have no results yet is not finished. */
export function turnsOf(entries: readonly ContextEntry[]): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [at, entry] of entries.entries()) {
    if (entry.kind !== "reply") continue;
    const calls = entry.blocks.some(({ type }) => type === "tool_use");
    const answered = entries[at + 1]?.kind === "results";
    if (!calls) turns.push({ from: at, to: at });
    else if (answered) turns.push({ from: at, to: at + 1 });
  }
  return turns;
}
