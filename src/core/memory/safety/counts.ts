import type { Observation } from "../../../model/memory-observation.ts";
import type { Claim } from "../claim/claim.ts";

/** A statement, as far as it matters whether it only counts. */
interface Counted {
  readonly text: string;
  readonly claim: Claim;
  readonly observation: Observation;
  readonly danger: string | undefined;
  readonly isVague: boolean;
}

/** So many lines that differ in their numbers alone tell what happened, time after time. */
const countedMin = 8;

/**
 * Statements that only count: "Frame 18 captured", "Frame 19 captured" and so on. They have no value; a number is what they are
 * about, and each is said of another one.
 */
export function countsOf<T extends Counted>(statements: readonly T[]): ReadonlySet<T> {
  const groups = new Map<string, T[]>();
  for (const one of statements) {
    const name = nameOf(one);
    if (name === undefined) continue;
    const held = groups.get(name);
    if (held === undefined) groups.set(name, [one]);
    else held.push(one);
  }
  return new Set(
    [...groups.values()]
      .filter((held) => new Set(held.map(({ text }) => text)).size >= countedMin)
      .flat(),
  );
}

/** What is said but the numbers; undefined for what has a value, a key, evidence or a day. */
function nameOf({ claim, observation, danger, isVague }: Counted): string | undefined {
  if (claim.valueKey !== "" || danger !== undefined || isVague) return undefined;
  const { subject, predicate, cites, kind } = observation;
  if ((subject ?? predicate ?? kind) != null || (cites ?? []).length > 0) return undefined;
  const numbers = claim.strong.filter((word) => /^#\d+$/.test(word));
  const words = claim.strong.filter((word) => !word.startsWith("#"));
  const isAll = numbers.length > 0 && numbers.length + words.length === claim.strong.length;
  return isAll ? [...words, ...claim.weak].join(" ") : undefined;
}
