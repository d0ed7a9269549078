import type { Fact } from "../../model/memory-fact.ts";
import { denies } from "./claim/denial.ts";
import { boundedAt } from "./claim/key-vocabulary.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { tokensOf } from "./words/tokens.ts";

/** Another form of the same fact: a formatter, or somebody who changed what memory counts, says nothing. */
export function saysSame(a: Fact, b: Fact): boolean {
  const isHeld = b.status !== "active";
  const [one, other] = [a, b].map(({ text, kind, subject, predicate, value, qualifiers, verify }) =>
    JSON.stringify([
      folded(text),
      // What does not hold is no more so as a decision.
      isHeld ? "" : kind,
      subject,
      predicate,
      value,
      Object.entries(qualifiers).toSorted(([x], [y]) => (x < y ? -1 : 1)),
      verify,
    ]),
  );
  return one === other;
}

/** Without what formatters change: breaks, blanks, marks of emphasis. */
export function folded(text: string): string {
  return text
    .replaceAll(/[*_`]+/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/**
 * A fact as its editor meant it, who changed the words and not the key, or the key and not the words. A value that takes the old one's
 * place in the sentence is the new one; in a sentence that says something else the old key has no part.
 */
export function asMeant(fact: Fact, before: Fact): Fact {
  const isValueNew = fact.value !== before.value;
  if (folded(fact.text) === folded(before.text))
    return isValueNew ? { ...fact, text: withValue(before, fact.value) } : fact;
  if (isValueNew && has(fact.text, fact.value)) return fact;
  const value = valueInPlace(before, fact.text);
  if (value !== undefined) return { ...fact, value };
  return isReworded(fact.text, before) ? { ...fact, value: before.value } : withoutKey(fact);
}

/** A fact whose key is not of its sentence, as that of a copied file. */
export function withFittingKey(fact: Fact): Fact {
  return fact.value === "" || has(fact.text, fact.value) ? fact : withoutKey(fact);
}

function withoutKey(fact: Fact): Fact {
  return { ...fact, subject: "", predicate: "", value: "" };
}

function withValue({ text, value }: Fact, next: string): string {
  const at = value === "" ? -1 : text.lastIndexOf(value);
  return at === -1 ? text : `${text.slice(0, at)}${next}${text.slice(at + value.length)}`;
}

const longest = 60;

/** "The port of web is [8080]": what stands where the value stood, with all else as it was. */
function valueInPlace({ text, value }: Fact, next: string): string | undefined {
  const at = value === "" ? -1 : text.lastIndexOf(value);
  if (at === -1) return undefined;
  const [start, end] = [text.slice(0, at), text.slice(at + value.length)];
  const middle = next.slice(start.length, next.length - end.length).trim();
  const isPlaced =
    next.length > start.length + end.length && next.startsWith(start) && next.endsWith(end);
  const isValue =
    middle !== "" &&
    middle.length <= longest &&
    !/,|;|\b(?:not|was|were|instead|but|and|or|than|before)\b/i.test(middle);
  return isPlaced && isValue ? middle : undefined;
}

/** Whether other words say the same with the same key: all that it named is named, and nothing else. */
function isReworded(text: string, { text: old, subject, predicate, value }: Fact): boolean {
  if (!has(text, value) || denies(text, value)) return false;
  const [said, was] = [text, old].map((one) => new Set(meaningsOf(one)));
  const named = [subject, predicate].flatMap((part) => meaningsOf(part));
  const concrete = tokensOf(text).filter(({ kind }) => kind !== "word");
  return (
    named.every((word) => said?.has(word) === true || was?.has(word) !== true) &&
    concrete.every((token) => old.toLowerCase().includes(token.text.toLowerCase()))
  );
}

function has(text: string, value: string): boolean {
  return value !== "" && boundedAt(text.toLowerCase(), value.toLowerCase()) !== -1;
}
