import { isByHand } from "../adapters/memory/inbox.ts";
import type { Hash } from "../core/memory/fact-id.ts";
import { goneFacts, type NamedFact } from "../core/memory/gone-facts.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { ReadMemory } from "./memory-facts.ts";

/** What a person decided, and wrote into files, all of it. */
export function ownEntries({ edits, snapshot }: ReadMemory): readonly MemoryEntry[] {
  return [
    ...snapshot.segments.filter(({ name }) => isByHand(name)).flatMap((segment) => segment.entries),
    ...edits.entries,
  ];
}

/** The facts that are there, and those that a person decided on and that are not any more. */
export function factsEver(read: ReadMemory, hash: Hash): readonly NamedFact[] {
  const entries = read.snapshot.segments.flatMap((segment) => segment.entries);
  const known = new Set(read.facts.map(({ fact }) => fact.id));
  const gone = goneFacts(ownEntries(read), { entries, hash });
  return [...read.facts, ...gone.filter(({ fact }) => !known.has(fact.id))];
}
