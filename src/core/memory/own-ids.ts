import { type Observation, timeOf } from "../../model/memory-observation.ts";
import { evidenceOf } from "./evidence.ts";
import { factId, type Hash } from "./fact-id.ts";
import { bySource, sourceName } from "./source-name.ts";

/** So much of an id's end is what people are shown, and files are named by. */
const shownLength = 8;

export interface OwnIds {
  /** Each with the fact that it says anew, where it is that fact. */
  readonly observations: readonly Observation[];
  /** By the name of what was said before: that of the latest edit of the same fact. */
  readonly edited: ReadonlyMap<string, string>;
}

/**
 * What was edited stays the fact that it was, as long as nothing else is that fact: of several edits of one the latest is it (of a person's, where one did it), and what was
 * said under the fact's own name before any. All others are facts of their own, so no two ever have one id.
 */
export function ownIds(observations: readonly Observation[], hash: Hash): OwnIds {
  if (observations.every(({ fact }) => fact == null)) return { observations, edited: new Map() };
  const ends = new Map(
    observations.map((one) => [one, endOf(factId({ ...one, time: 0 }, hash))] as const),
  );
  const isClaim = (one: Observation): boolean =>
    one.fact != null && endOf(one.fact) !== ends.get(one);
  // Also of what says another fact anew: it falls back to its own name where it is not that fact.
  const named = new Map(observations.map((one) => [ends.get(one) ?? "", one]));
  const claims = Map.groupBy(observations.filter(isClaim).toSorted(byGround), ({ fact }) =>
    endOf(fact ?? ""),
  );
  const edited = new Map<string, string>();
  const holders = new Set<Observation>();
  for (const [end, some] of claims) {
    const latest = some.at(-1);
    if (latest === undefined) continue;
    const own = named.get(end);
    if (own === undefined) holders.add(latest);
    for (const one of own === undefined ? some : [own, ...some]) {
      const of = one === own ? factId({ ...one, time: timeOf(one.at) }, hash) : one.fact;
      if (of === latest.fact && timeOf(one.at) < timeOf(latest.at))
        edited.set(sourceName(one), sourceName(latest));
    }
  }
  const given = observations.map((one) =>
    one.fact == null || holders.has(one) ? one : { ...one, fact: null },
  );
  return { observations: given, edited };
}

function endOf(id: string): string {
  return id.slice(-shownLength);
}

/** What a model or a file claims to be a fact does not take it from a person, however late. */
function byGround(a: Observation, b: Observation): number {
  return (
    evidenceOf[a.origin] - evidenceOf[b.origin] || timeOf(a.at) - timeOf(b.at) || bySource(a, b)
  );
}
