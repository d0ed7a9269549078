import { type Observation, timeOf } from "../../model/memory-observation.ts";
import { factId, type Hash } from "./fact-id.ts";
import { bySource } from "./source-name.ts";

/** So much of an id's end is what people are shown, and files are named by. */
const shownLength = 8;

/**
 * What was edited stays the fact that it was, as long as nothing else is that fact: of several edits of one the latest is it, and what was
 * said under the fact's own name before any. All others are facts of their own, so no two ever have one id.
 */
export function withOwnIds(
  observations: readonly Observation[],
  hash: Hash,
): readonly Observation[] {
  if (observations.every(({ fact }) => fact == null)) return observations;
  const ownEnd = (one: Observation): string => endOf(factId({ ...one, time: 0 }, hash));
  const ends = new Map(observations.map((one) => [one, ownEnd(one)]));
  const isClaim = (one: Observation): boolean =>
    one.fact != null && endOf(one.fact) !== ends.get(one);
  const named = new Set(
    observations.filter((one) => !isClaim(one)).map((one) => ends.get(one) ?? ""),
  );
  const latest = new Map(
    observations
      .filter(isClaim)
      .toSorted((a, b) => timeOf(a.at) - timeOf(b.at) || bySource(a, b))
      .map((one) => [endOf(one.fact ?? ""), one]),
  );
  return observations.map((one) => {
    if (one.fact == null) return one;
    const end = endOf(one.fact);
    return latest.get(end) === one && !named.has(end) ? one : { ...one, fact: null };
  });
}

function endOf(id: string): string {
  return id.slice(-shownLength);
}
