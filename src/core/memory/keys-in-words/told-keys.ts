import { type Naming, qualifierOf } from "../claim/conditions-said.ts";
import { type Named, toldInForm } from "../claim/named-form.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { KeyedObservation } from "../reading/readings-in.ts";
import { keyIn } from "./key-in.ts";
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
    const told = text === undefined ? undefined : toldKey(text, known);
    return told === undefined ? one : keyed(one, told, naming);
  });
}

/** Where more have a key of their own, the rest is read by theirs. */
const givenShare = 0.2;

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
