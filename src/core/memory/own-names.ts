import type { MemoryEntry } from "../../model/memory-entry.ts";
import { byHand, type Observation } from "../../model/memory-observation.ts";
import { sourceName } from "./source-name.ts";

/**
 * What was typed in, each under a name of its own: its name is a moment, and somebody else may have said something then. What is there in
 * the same words is known.
 */
export function withOwnNames(
  entries: readonly MemoryEntry[],
  held: readonly Observation[],
): readonly MemoryEntry[] {
  const words = Map.groupBy(held, sourceName);
  return entries.map((entry) => {
    if (entry.type !== "observed" || !isTyped(entry.observation)) return entry;
    let { observation } = entry;
    while ((words.get(sourceName(observation)) ?? []).some(({ text }) => text !== observation.text))
      observation = { ...observation, seq: observation.seq + 1 };
    words.set(sourceName(observation), [observation]);
    return observation === entry.observation ? entry : { ...entry, observation };
  });
}

export function isTyped({ session }: Observation): boolean {
  return session === byHand;
}

/** Of what is there under one name in several words, all but what a dream takes: whoever sees it says the same of it. */
export function hiddenBehind(held: readonly Observation[]): readonly MemoryEntry[] {
  return [...Map.groupBy(held, sourceName).values()].flatMap((some) => {
    const lines = new Map(some.map((one) => [JSON.stringify(one), one]));
    const [, ...others] = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return others.map(([, observation]) => ({ type: "observed" as const, observation }));
  });
}
