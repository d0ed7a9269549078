import type { Observation } from "../../../model/memory-observation.ts";
import type { Claim } from "../claim/claim.ts";
import { tokensOf } from "../words/tokens.ts";

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
 * about, and each is said of another one. So do deeds that come back with other objects.
 */
export function countsOf<T extends Counted>(statements: readonly T[]): ReadonlySet<T> {
  const found = [nameOf, deedOf].flatMap((groupOf) =>
    [...Map.groupBy(statements, groupOf)].flatMap(([name, held]) => {
      const isMany = new Set(held.map(({ text }) => text)).size >= countedMin;
      return name !== undefined && isMany ? held : [];
    }),
  );
  return new Set(found);
}

const done = /^(?:i|we)$|(?:[^e]ed|[^e]ised|found|wrote|made|took|sent|got)$/;
const holds =
  /^(?:is|are|was|were|be|been|has|have|had|must|should|can|cannot|may|always|never|not|no|from|to)$/;

/**
 * What somebody did to one file, page or commit after another: "reverted my last edit in src/a.ts". Undefined for what is said by a
 * person, says how something is, or was meant to be kept.
 */
function deedOf({ text, observation, danger, isVague }: Counted): string | undefined {
  const { subject, predicate, cites, kind, origin } = observation;
  const isKept = (subject ?? predicate ?? kind) != null || (cites ?? []).length > 0;
  if (isKept || danger !== undefined || isVague || origin === "user") return undefined;
  const tokens = tokensOf(text);
  // "svc-07" and "tools/seed" are names: what is said of each of them is another thing.
  const words = tokens.map(({ kind: of, text: word }) =>
    /^(?:number|code|url)$/.test(of) || /\/.*\.[a-z]{1,4}$/.test(word) ? "#" : word.toLowerCase(),
  );
  const isDone = words.some((word) => done.test(word)) && !words.some((word) => holds.test(word));
  return isDone && words.includes("#") ? words.join(" ") : undefined;
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
