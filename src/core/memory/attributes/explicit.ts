import { prepositions } from "../claim/spans.ts";
import { isLight, meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import type { SpokenOf, Subjects, Word } from "./spoken-of.ts";

/** A statement that says by name of what its value is: "the owner of web is Ana", "web owner: Ana", "owner (web) = Ana". */
export interface Explicit {
  readonly subject: string;
  /** As written, and its meanings, sorted. */
  readonly name: string;
  readonly key: string;
  readonly value: string;
}

const nameMax = 3;
const valueMax = 4;
const equals = /^(?:is|equals)$/;

/** The key of an attribute: what its words mean; empty when they mean too little. */
export function attributeKey(name: string): string {
  const words = meaningsOf(name).filter((word) => !isLight(word) && !word.startsWith("#"));
  return [...new Set(words)].toSorted().join(" ");
}

export function explicitIn({ text, subject, words, subjectAt }: SpokenOf): Explicit | undefined {
  let left = 0;
  while (left < words.length && isNameWord(words[left], left > 0)) left += 1;
  const named = words.slice(0, left).filter(({ lower }) => !/^(?:of|for|in)$/.test(lower));
  let right = left;
  const isTold = equals.test(words[left]?.lower ?? "");
  if (isTold) right += 1;
  while (/^(?:now|currently|set|to)$/.test(words[right]?.lower ?? "")) right += 1;
  const value = words.slice(right);
  const isMarked = value[0]?.isApart === true;
  if (!isTold && !isMarked) return undefined;
  // "uploads to web are limited to 10 MB" names nothing, and what has been done is no value.
  if ([...named, ...value].some(({ lower }) => prepositions.has(lower))) return undefined;
  if (value[0]?.lower.endsWith("ed") === true) return undefined;
  if (named.length === 0 || named.length > nameMax) return undefined;
  if (
    value.length === 0 ||
    value.length > valueMax ||
    value.some(({ isApart }, at) => at > 0 && isApart)
  )
    return undefined;
  // "web is the owner" has its subject behind; there it is no attribute of it.
  if (subjectAt > left) return undefined;
  const name = named.map(({ lower }) => lower).join(" ");
  const key = attributeKey(name);
  return key === "" ? undefined : { subject, name, key, value: writtenIn(text, value) };
}

function isNameWord(word: Word | undefined, isBehind: boolean): boolean {
  if (word === undefined || equals.test(word.lower)) return false;
  if (isBehind && word.isApart) return false;
  return word.kind === "word" || /^[a-z]+(?:[A-Z][a-z]+|[-_][a-z]+)*$/.test(word.text);
}

export function writtenIn(text: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? first.text : text.slice(first.start, last.end);
}

const attributeOf =
  /^(?:the |our )?([a-z][a-z -]{1,40}?) (?:of|for) (?:the |our )?(\S+(?: \S+){0,2}?)(?:\s+is\b|:|\s+=)(?: set to| now)?\s+\S/i;
/** Of so many attributes something has to be said, and an attribute of so many things, to be taken for what they are. */
const seenMin = 2;

/** What is spoken of, by the sentences that say so most plainly, beside what keys name. */
export function subjectsOf(texts: readonly string[], known: readonly string[]): Subjects {
  const bySubject = new Map<string, Set<string>>();
  for (const text of texts) {
    const [, name = "", subject = ""] = attributeOf.exec(text) ?? [];
    const key = attributeKey(name);
    const lower = subject.toLowerCase();
    if (key === "" || valueKey(subject) === "" || /^\d/.test(subject)) continue;
    bySubject.set(lower, (bySubject.get(lower) ?? new Set()).add(key));
  }
  const byKey = new Map<string, number>();
  for (const key of [...bySubject.values()].flatMap((keys) => [...keys]))
    byKey.set(key, (byKey.get(key) ?? 0) + 1);
  const told = [...bySubject]
    .filter(
      ([, keys]) =>
        keys.size >= seenMin || [...keys].some((key) => (byKey.get(key) ?? 0) > seenMin),
    )
    .map(([name]) => name);
  const given = known
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name): [string, string] => [nameOf(name).toLowerCase(), nameOf(name)]);
  return new Map([...told.map((name): [string, string] => [name, name]), ...given]);
}

/** "packages/web" is where web is. */
function nameOf(subject: string): string {
  return /^(?:[\w.@-]+\/)+([\w.-]+)$/.exec(subject)?.[1] ?? subject;
}
