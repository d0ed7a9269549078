import { type Naming, qualifierOf } from "../claim/conditions-said.ts";
import { type Named, toldInForm } from "../claim/named-form.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { KeyedObservation } from "../reading/readings-in.ts";
import { conditions } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";
import { keyIn, withoutPlaces } from "./key-in.ts";
import { type Known, knownIn, nameKey } from "./known.ts";
import { bare, isValue } from "./value.ts";

/**
 * Gives a key to what says its own in so many words: "the retry limit of web is 3", and "in web, retry_limit is 3 now" where other
 * sentences say of what there is a retry limit. From then on it counts as what came with a key.
 */
export function withToldKeys(
  observations: readonly KeyedObservation[],
  isAside: (one: KeyedObservation) => boolean,
  naming: Naming,
): readonly KeyedObservation[] {
  const isOpen = (one: KeyedObservation): boolean =>
    (one.subject ?? one.predicate ?? one.value) == null && !isAside(one);
  const open = new Map(
    observations
      .filter((one) => isOpen(one))
      .map((one) => [one, stripStatement(one.text).text] as const),
  );
  const given = observations.filter(({ predicate }) => predicate != null).length;
  if (given > open.size * givenShare) return observations;
  const known = knownIn([...new Set(open.values())].toSorted(), observations);
  return observations.map((one) => {
    const text = open.get(one);
    if (text === undefined) return one;
    const told = toldKey(text, known);
    return told === undefined ? placed(one, known, naming) : keyed(one, told, naming);
  });
}

/** Where more have a key of their own, the rest is read by theirs. */
const givenShare = 0.2;

/** What has no key, without what it says that it holds under, where enough is left. */
function placed(
  one: KeyedObservation,
  { subjects, nameWords }: Known,
  naming: Naming,
): KeyedObservation {
  const { text, under } = withoutPlaces(one.text.replace(/[.!]$/, ""), subjects);
  if (under === "" || !hasValue(text)) return one;
  const words = meaningsOf(under);
  // "listens on port 80 in development": what is called the dev port says so itself.
  const isName = words.some((word) => nameWords.has(word));
  const isSubject =
    /^for (?:the )?\S/i.test(one.text) && !words.some((word) => conditions.has(word));
  return isName || isSubject
    ? one
    : { ...one, text, qualifiers: { ...qualifierOf(under, naming), ...one.qualifiers } };
}

/** More than one word, beside the first, that may be a value. */
function hasValue(text: string): boolean {
  const [, ...rest] = tokensOf(text);
  return (
    rest.length > 3 &&
    rest.some(
      ({ kind, text: word }) => kind === "number" || kind === "code" || /[A-Z\d_./]/.test(word),
    )
  );
}

function toldKey(text: string, known: Known): Named | undefined {
  const told = toldInForm(text);
  if (told !== undefined) {
    const name = known.called.get(nameKey(told.name));
    const subject = known.subjects.get(told.subject.toLowerCase());
    return name === undefined || subject === undefined || !isValue(told.value)
      ? undefined
      : { ...told, name, subject, value: bare(told.value) };
  }
  return keyIn(text, known);
}

function keyed(
  one: KeyedObservation,
  { subject, name, value: it, old: before, under }: Named,
  naming: Naming,
): KeyedObservation {
  return {
    ...one,
    subject,
    predicate: name,
    value: it,
    old: before,
    isTold: true,
    qualifiers: { ...(under === undefined ? {} : qualifierOf(under, naming)), ...one.qualifiers },
  };
}
