import { prepositions } from "../claim/spans.ts";
import { isEmpty, isLight, meaningsOfToken } from "../words/meanings-of.ts";
import { type Token, tokensOf, withDigits } from "../words/tokens.ts";

/** A word of a statement, with what it means and whether a mark stands before it. */
export interface Word extends Token {
  readonly lower: string;
  readonly meant: readonly string[];
  readonly isApart: boolean;
}

/** A statement with the known subject that it speaks of taken out. */
export interface SpokenOf {
  readonly text: string;
  readonly subject: string;
  /** All words but those of the subject, and of the path that it was read in. */
  readonly words: readonly Word[];
  /** Where the subject stood in `words`; -1 when only a path names it. */
  readonly subjectAt: number;
}

/** Longest subject, in words. */
const subjectMax = 3;
const articles = /^(?:the|a|an|our|its|their)$/;

/** Names by their small letters. */
export type Subjects = ReadonlyMap<string, string>;

/** Undefined when a statement speaks of none of the subjects, or of more than one. */
export function spokenOf(given: string, subjects: Subjects): SpokenOf | undefined {
  const text = withDigits(given);
  const words = wordsIn(text);
  const found = new Map<string, readonly [from: number, to: number]>();
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + subjectMax); to > from; to -= 1) {
      const [start, end] = [words[from]?.start ?? 0, words[to - 1]?.end ?? 0];
      const name = text
        .slice(start, end)
        .toLowerCase()
        .replace(/['’]s$/, "");
      if (!subjects.has(name)) continue;
      if (!found.has(name)) found.set(name, [from, to]);
      from = to - 1;
      break;
    }
  }
  const inPaths = new Set(words.flatMap(({ lower }) => partsOfPath(lower)));
  const named = new Set([...found.keys(), ...[...inPaths].filter((part) => subjects.has(part))]);
  const [name = ""] = named;
  const subject = subjects.get(name);
  if (named.size !== 1 || subject === undefined) return undefined;
  const [from, to] = found.get(name) ?? [-1, -1];
  const kept = words.filter(
    (word, at) =>
      (at < from || at >= to) &&
      !articles.test(word.lower) &&
      !partsOfPath(word.lower).includes(name),
  );
  const before = words.slice(0, Math.max(from, 0)).filter((word) => kept.includes(word));
  return { text, subject, words: kept, subjectAt: from === -1 ? -1 : before.length };
}

function wordsIn(text: string): readonly Word[] {
  let end = 0;
  return tokensOf(text).map((token) => {
    const gap = text.slice(end, token.start);
    end = token.end;
    return {
      ...token,
      lower: token.text.toLowerCase(),
      meant: meaningsOfToken(token).filter((one) => !isEmpty(one)),
      isApart: /[,;:()=\n–—]|\s-\s/.test(gap),
    };
  });
}

/** "packages/web/README.md" and "k8s/web.yaml" speak of web. */
function partsOfPath(lower: string): readonly string[] {
  if (!lower.includes("/")) return [];
  return lower.split("/").flatMap((part) => [part, part.replace(/\.[a-z]\w*$/, "")]);
}

/** It says something: no article, no verb that only ties, no word that means nothing. */
export function isTold({ meant, lower }: Word): boolean {
  return !prepositions.has(lower) && meant.some((one) => !isLight(one));
}
