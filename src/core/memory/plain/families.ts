import { meaningsOf } from "../words/meanings-of.ts";
import type { Sentence } from "./sentence.ts";
import type { SentenceValue } from "./values.ts";

/** Of these there are several in use at once. */
const several = /^(?:region|language|image|channel|weekday)$/;
/** Of these nobody uses two. */
const single = /^(?:indentation|quotes)$/;

export function familiesIn({ values }: Sentence): readonly string[] {
  return values.flatMap(({ families }) => families);
}

/** What things like its values are called: "package manager" of npm. */
export function calledBy(sentence: Sentence): ReadonlySet<string> {
  return new Set(familiesIn(sentence).flatMap((family) => meaningsOf(family)));
}

/** Well-known names that answer one question, of which a project has one answer. */
export function answerTheSame(one: SentenceValue, other: SentenceValue): boolean {
  return one.families.some((family) => !several.test(family) && other.families.includes(family));
}

export function areOfOneFamily(earlier: Sentence, later: Sentence): boolean {
  const its = familiesIn(later);
  return familiesIn(earlier).some((one) => !several.test(one) && its.includes(one));
}

/** "Use tabs", "use spaces": there cannot be both. */
export function isEither(sentence: Sentence): boolean {
  return familiesIn(sentence).some((family) => single.test(family));
}

export function keysOf({ values }: Sentence): readonly string[] {
  return values.map(({ key, version = "" }) => `${key} ${version}`).toSorted();
}

const named = /^(?:family|name)$/;
const exact = /^(?:path|code|url)$/;

/** Values that can take each other's place. */
export function areAlike(one: SentenceValue, other: SentenceValue): boolean {
  if (one.families.length > 0 && other.families.length > 0)
    return one.families.some((family) => other.families.includes(family));
  return (
    one.type === other.type ||
    [named, exact].some((sort) => sort.test(one.type) && sort.test(other.type))
  );
}
