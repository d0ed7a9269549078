import type { KeyedObservation } from "../reading/readings-in.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";
import { keyOf } from "./claim-of.ts";
import { boundedAt, type Keyed } from "./key-vocabulary.ts";

/** In so many texts, and of so many of its predicates, must a thing be called so. */
const usesMin = 2;
const predicatesMin = 2;
/** What is written like any other word must be there more often. */
const wordUsesMin = 3;
/** Of ten texts with such a name, keys of as many must say that it is of that thing. */
const ofTen = 9;

interface Used {
  readonly texts: Set<string>;
  readonly predicates: Set<string>;
  /** It stood behind a preposition, where names stand. */
  isOfIt: boolean;
}

/**
 * Things by the names of their keys: where texts whose keys say "audio mixer" name no audio mixer but `bst-audio`, and hardly any
 * other text with a key does, it is another name for it. Texts without a key keep their names: nobody's key renames what others say.
 */
export function byOwnNames(observations: readonly KeyedObservation[]): readonly KeyedObservation[] {
  const names = otherNames(observations);
  if (names.size === 0) return observations;
  return observations.map((one) => {
    const key = keyOf(one);
    return key === undefined ? one : { ...one, text: withOwnName(key, names) };
  });
}

function otherNames(observations: readonly KeyedObservation[]): ReadonlyMap<string, string> {
  const subjects = new Set<string>();
  const values = new Set<string>();
  for (const { subject, value, qualifiers } of observations) {
    if (subject != null) subjects.add(subject.toLowerCase());
    for (const one of [value, ...Object.values(qualifiers ?? {})])
      if (one != null) values.add(one.toLowerCase());
  }
  const uses = new Map<string, Map<string, Used>>();
  for (const one of observations) {
    const key = keyOf(one);
    if (key === undefined || one.origin === "external") continue;
    const { text, subject, predicate, value } = key;
    const isNamed = isIn(subject, text);
    for (const [name, { isPlain, isOfIt }] of wordsIn(text)) {
      if (subjects.has(name) || values.has(name) || isIn(name, value)) continue;
      const bySubject = uses.get(name) ?? new Map<string, Used>();
      uses.set(name, bySubject);
      // What stands beside the name of the thing is something else.
      const of = isNamed || isPlain ? "" : subject;
      const used = bySubject.get(of) ?? { texts: new Set(), predicates: new Set(), isOfIt: false };
      bySubject.set(of, used);
      used.isOfIt ||= isOfIt;
      used.texts.add(text);
      used.predicates.add(predicate);
    }
  }
  return new Map(
    [...uses].flatMap(([name, bySubject]): readonly (readonly [string, string])[] => {
      const all = [...bySubject.values()].reduce((sum, { texts }) => sum + texts.size, 0);
      const [first] = [...bySubject].toSorted(([, a], [, b]) => b.texts.size - a.texts.size);
      if (first === undefined) return [];
      const [subject, { texts, predicates, isOfIt }] = first;
      const isWritten = /[^a-z]/.test(name);
      const isName =
        subject !== "" &&
        predicates.size >= predicatesMin &&
        texts.size >= (isWritten ? usesMin : wordUsesMin) &&
        (isWritten || isOfIt) &&
        texts.size * 10 >= all * ofTen;
      return isName ? [[name, subject]] : [];
    }),
  );
}

function isIn(name: string, text: string): boolean {
  if (boundedAt(text.toLowerCase(), name.toLowerCase()) !== -1) return true;
  const said = new Set(meaningsOf(text));
  return meaningsOf(name).every((word) => said.has(word));
}

interface Stands {
  /** A plain word behind an article: "the tidekit package". */
  readonly isPlain: boolean;
  /** Behind a preposition. */
  readonly isOfIt: boolean;
}

/** What may be a name, in small letters, and how it stands in the text. */
function wordsIn(text: string): ReadonlyMap<string, Stands> {
  const found = new Map<string, Stands>();
  for (const { kind, text: part, start } of tokensOf(text)) {
    const name = part
      .replaceAll("`", "")
      .replace(/['’]s$/, "")
      .toLowerCase();
    if (!/^[a-z@][\w@./-]{2,}$/.test(name)) continue;
    const before = text.slice(0, start);
    found.set(name, {
      isPlain: kind === "word" && determined.test(before),
      isOfIt: found.get(name)?.isOfIt === true || preposition.test(before),
    });
  }
  return found;
}

const preposition = /\b(?:of|for|in|on|to|from|by|with|inside|at) `?$/i;
const determined =
  /\b(?:the|an?|our|my|your|its|their|this|that|these|those|each|every|any|no|another)(?: [\w-]+){0,2} $/i;

/** A text with the name of its key where it has another one for the same thing. */
function withOwnName({ text, subject }: Keyed, names: ReadonlyMap<string, string>): string {
  let said = text;
  for (const name of wordsIn(text).keys()) {
    const at = names.get(name) === subject ? boundedAt(said.toLowerCase(), name) : -1;
    if (at === -1) continue;
    const before = said.slice(0, at).replace(/`$/, "");
    said = `${before}${subject}${said.slice(at + name.length).replace(/^`/, "")}`;
  }
  return said;
}
