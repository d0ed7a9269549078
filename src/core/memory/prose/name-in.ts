import type { Word } from "../attributes/spoken-of.ts";
import { prepositions } from "../claim/spans.ts";

export interface Spoken {
  readonly text: string;
  /** Without the subject and articles. */
  readonly words: readonly Word[];
  readonly subjectAt: number;
}

export interface NamedIn {
  readonly words: readonly Word[];
  readonly value: { readonly from: number; readonly to: number } | undefined;
}

const nameMax = 4;
const tie =
  /^(?:is|are|was|equals?|becomes?|became|has|went|moved|changed|set|stays|remains|will)$/;
const aside = /^(?:now|currently|set|to|still|always|been|instead|at|again)$/;

/** What a sentence calls its value by, where it does so plainly: "the retry limit of S is V", "S has V as its retry limit". */
export function nameIn(spoken: Spoken): NamedIn | undefined {
  return owned(spoken) ?? having(spoken) ?? as(spoken) ?? being(spoken) ?? placed(spoken);
}

function isNoun(word: Word | undefined): boolean {
  return (
    word !== undefined &&
    (word.kind === "word" || (word.kind === "name" && !/[./:#@]/.test(word.text))) &&
    !prepositions.has(word.lower) &&
    !tie.test(word.lower)
  );
}

function named(words: readonly Word[]): readonly Word[] | undefined {
  const last = words.at(-1);
  if (last === undefined || words.length > nameMax || !words.every((word) => isNoun(word)))
    return undefined;
  if (words.slice(1).some(({ isApart }) => isApart)) return undefined;
  // "team Orchid is …": that is who, not what.
  if (words.length > 1 && /^[A-Z][a-z]/.test(last.text)) return undefined;
  if (/^(?:one|another|some|each)$/.test(words[0]?.lower ?? "")) return undefined;
  // "the maintainers of S": there are several.
  return /[^suio]s$/.test(last.lower) ? undefined : words;
}

/** "[retry limit] of S is V", "[retry limit] of S: V", "S's [retry limit] is V". */
function owned({ words, subjectAt }: Spoken): NamedIn | undefined {
  const isOf = /^(?:of|for|in|behind)$/.test(words[subjectAt - 1]?.lower ?? "");
  const own = isOf ? named(words.slice(0, subjectAt - 1)) : undefined;
  if (own !== undefined) {
    const next = words[subjectAt];
    if (next === undefined || (!tie.test(next.lower) && !next.isApart)) return undefined;
    return {
      words: own,
      value: /^(?:is|are|was|equals?)$/.test(next.lower) ? toEnd(words, subjectAt + 1) : undefined,
    };
  }
  if (subjectAt > 0) return undefined;
  const at = words.findIndex(
    ({ lower, isApart }, place) => place > 0 && (isApart || /^(?:is|equals)$/.test(lower)),
  );
  const its = at === -1 ? undefined : named(words.slice(0, at));
  return its === undefined
    ? undefined
    : { words: its, value: toEnd(words, words[at]?.isApart === true ? at : at + 1) };
}

/** "S has a [retry limit] of V" */
function having({ words, subjectAt }: Spoken): NamedIn | undefined {
  const has = words.findIndex(({ lower }) => /^(?:has|have)$/.test(lower));
  if (subjectAt > 0 || has === -1 || has > 1) return undefined;
  const of = words.findIndex(({ lower }, at) => at > has && lower === "of");
  const own = of === -1 ? undefined : named(words.slice(has + 1, of));
  return own === undefined ? undefined : { words: own, value: toEnd(words, of + 1) };
}

/** "S uses V as its [retry limit]" */
function as({ words, subjectAt }: Spoken): NamedIn | undefined {
  const at = words.findIndex(({ lower }) => lower === "as");
  if (subjectAt > at || at < 1) return undefined;
  const end = words.findIndex(
    ({ lower, isApart }, place) => place > at && (isApart || /^(?:now|of|for)$/.test(lower)),
  );
  const own = named(words.slice(at + 1, end === -1 ? words.length : end));
  const from = subjectAt === 0 ? Math.max(1, at - 3) : at - 1;
  return own === undefined ? undefined : { words: own, value: { from, to: at } };
}

/** "V is the [retry limit] of S"; a member is one of several. */
function being({ text, words, subjectAt }: Spoken): NamedIn | undefined {
  const is = words.findIndex(({ lower }) => lower === "is");
  const isOf = /^(?:of|for|behind)$/.test(words[subjectAt - 1]?.lower ?? "");
  if (is < 1 || is > 3 || !isOf || subjectAt < is + 3) return undefined;
  // "LOG_LEVEL is debug for S"
  if (words.slice(0, is).some(({ text }) => /^[A-Z]+(?:_[A-Z]+)+$/.test(text))) return undefined;
  const own = named(words.slice(is + 1, subjectAt - 1));
  const article = text.slice(words[is]?.end, own?.[0]?.start);
  return own === undefined || /^ an? $/i.test(article)
    ? undefined
    : { words: own, value: { from: 0, to: is } };
}

/** "the [retry limit] is V in S" */
function placed({ words, subjectAt }: Spoken): NamedIn | undefined {
  const is = words.findIndex(({ lower }) => /^(?:is|was|changed|went|moved)$/.test(lower));
  const isIn = /^(?:in|of|for)$/.test(words[subjectAt - 1]?.lower ?? "");
  const from = isIn && subjectAt === 1 ? 1 : 0;
  if (is < 1 || !isIn || (from === 0 && subjectAt < is + 2)) return undefined;
  const own = named(words.slice(from, is));
  return own === undefined
    ? undefined
    : {
        words: own,
        value:
          words[is]?.lower !== "is"
            ? undefined
            : from === 1
              ? toEnd(words, is + 1)
              : { from: is + 1, to: subjectAt - 1 },
      };
}

const valueMax = 4;

/** From here to a mark, a preposition or the end, without what says only that it is so now. */
function toEnd(words: readonly Word[], start: number): NamedIn["value"] {
  let from = start;
  while (aside.test(words[from]?.lower ?? "")) from += 1;
  let to = from;
  while (
    to < words.length &&
    !prepositions.has(words[to]?.lower ?? "") &&
    (to === from || words[to]?.isApart !== true) &&
    !/^(?:now|instead|currently)$/.test(words[to]?.lower ?? "")
  )
    to += 1;
  const first = words[from];
  if (first === undefined || to === from || to - from > valueMax) return undefined;
  // "is set", "is kept": what has been done is no value.
  return /(?:[^e]ed|ept|ade)$/.test(first.lower) && first.kind === "word"
    ? undefined
    : { from, to };
}
