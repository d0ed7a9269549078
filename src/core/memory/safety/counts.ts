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
  /** `claim/beside-keys.ts` */
  readonly isAside: boolean;
}

/** So many lines that differ in their numbers alone tell what happened, time after time. */
const countedMin = 8;

/**
 * Statements that only count: "Frame 18 captured", "Frame 19 captured" and so on. They have no value; a number is what they are
 * about, and each is said of another one. So do deeds that come back with other objects.
 */
export function countsOf<T extends Counted>(statements: readonly T[]): ReadonlySet<T> {
  const ways = [
    { groupOf: nameOf, min: countedMin },
    { groupOf: deedOf, min: countedMin },
    { groupOf: refrainsAmong(statements), min: refrainMin },
  ];
  const found = ways.flatMap(({ groupOf, min }) =>
    [...Map.groupBy(statements, groupOf)].flatMap(([name, held]) => {
      const isMany = new Set(held.map(({ text }) => text)).size >= min;
      return name !== undefined && isMany ? held : [];
    }),
  );
  return new Set(found);
}

/** So many lines that say the same of other names and numbers, where what holds comes with keys. */
const refrainMin = 5;

/**
 * What an origin says beside keys again and again, of one thing after another: "two files of S to go". What a person says is no
 * refrain.
 */
function refrainsAmong(statements: readonly Counted[]): (one: Counted) => string | undefined {
  const names = new Set(
    statements.flatMap(({ observation: { subject, predicate, value } }) =>
      [subject, predicate, value].flatMap((part) => (part == null ? [] : wordsIn(part).join(" "))),
    ),
  );
  return (one) => {
    const { origin } = one.observation;
    if (!one.isAside || isKept(one) || origin === "user" || day.test(one.text)) return undefined;
    const form = withoutNames(wordsIn(one.text), names);
    return form.includes("#") ? [origin, ...form].join(" ") : undefined;
  };
}

/** Longest name, in words. */
const nameMax = 5;

/** The words of a text, in small letters; those that only say which one of many are marks. */
function wordsIn(text: string): readonly string[] {
  return tokensOf(text.replaceAll(/[_`]/g, " ")).flatMap(({ kind, text: word }) =>
    isOther.test(kind) || /[/\d]|\.\w/.test(word) ? ["#"] : word.toLowerCase(),
  );
}

function withoutNames(words: readonly string[], names: ReadonlySet<string>): readonly string[] {
  const form: string[] = [];
  for (let at = 0; at < words.length;) {
    let length = Math.min(nameMax, words.length - at);
    while (length > 0 && !names.has(words.slice(at, at + length).join(" "))) length -= 1;
    form.push(length === 0 ? (words[at] ?? "") : "#");
    at += Math.max(1, length);
  }
  return form;
}

const day = /\d{4}-\d{2}-\d{2}/;
/** Kinds of words that only say which one of many. */
const isOther = /^(?:number|code|url)$/;
const done = /^(?:i|we)$|(?:[^e]ed|[^e]ised|found|wrote|made|took|sent|got)$/;
const holds =
  /^(?:is|are|was|were|be|been|has|have|had|must|should|can|cannot|may|always|never|not|no|from|to)$/;

/**
 * What somebody did to one file, page or commit after another: "reverted my last edit in src/a.ts". Undefined for what is said by a
 * person, says how something is, or was meant to be kept.
 */
function deedOf(one: Counted): string | undefined {
  const { text, observation } = one;
  if (isKept(one) || observation.origin === "user") return undefined;
  const tokens = tokensOf(text);
  // "svc-07" and "tools/seed" are names: what is said of each of them is another thing.
  const words = tokens.map(({ kind: of, text: word }) =>
    isOther.test(of) || /\/.*\.[a-z]{1,4}$/.test(word) ? "#" : word.toLowerCase(),
  );
  const isDone = words.some((word) => done.test(word)) && !words.some((word) => holds.test(word));
  return isDone && words.includes("#") ? words.join(" ") : undefined;
}

/** What is said but the numbers; undefined for what has a value, a key, evidence or a day. */
function nameOf(one: Counted): string | undefined {
  const { claim } = one;
  if (claim.valueKey !== "" || isKept(one)) return undefined;
  const numbers = claim.strong.filter((word) => /^#\d+$/.test(word));
  const words = claim.strong.filter((word) => !word.startsWith("#"));
  const isAll = numbers.length > 0 && numbers.length + words.length === claim.strong.length;
  return isAll ? [...words, ...claim.weak].join(" ") : undefined;
}

/** It came with a key or evidence, or something else is to become of it. */
function isKept({ observation, danger, isVague }: Counted): boolean {
  const { subject, predicate, cites, kind } = observation;
  const isGiven = (subject ?? predicate ?? kind) != null || (cites ?? []).length > 0;
  return isGiven || danger !== undefined || isVague;
}
