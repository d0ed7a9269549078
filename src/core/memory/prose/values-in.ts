import { writtenIn } from "../attributes/explicit.ts";
import type { Word } from "../attributes/spoken-of.ts";
import type { Claim } from "../claim/claim.ts";
import { prepositions } from "../claim/spans.ts";
import { isTicket } from "../words/ticket.ts";
import { valueKey } from "../words/value-key.ts";
import type { NamedIn, Spoken } from "./name-in.ts";
import type { Candidate } from "./told.ts";
import { isKnownName } from "./value-families.ts";

/** Longest value, in words. */
const valueMax = 3;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Values that a sentence may speak of: the known ones and what looks like one; else what a grammar has read. */
export function candidatesIn(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  of: {
    readonly values: ReadonlySet<string>;
    readonly claim: Claim;
    readonly named: NamedIn | undefined;
  },
): readonly Candidate[] {
  const found = spansIn({ text, words }, of.values, of.named?.words ?? []);
  const plain = of.named?.value ?? readSpan({ text, words }, of.claim);
  const spans = found.length > 0 ? found : [plain];
  return spans.flatMap((span) => {
    if (span === undefined) return [];
    const part = writtenIn(text, words.slice(span.from, span.to));
    if (isTicket(part)) return [];
    const looks = isTyped(words.slice(span.from, span.to), text);
    const isCode = words[span.from]?.kind === "code" && part.includes(" ");
    return [{ ...span, text: part, key: keyOf(part), isTyped: looks, isCode }];
  });
}

/** "Ana owns S", where nothing else is a value. */
export function doer({ text, words, subjectAt }: Spoken): readonly Candidate[] {
  const [first, second] = words;
  if (first?.kind !== "word" || second === undefined || subjectAt === 0) return [];
  const isDone = /^(?:is|took)$|[^s]s$/.test(second.lower) && !prepositions.has(first.lower);
  const part = writtenIn(text, [first]);
  return isDone && !first.lower.endsWith("s")
    ? [{ from: 0, to: 1, text: part, key: keyOf(part), isTyped: false, isCode: false }]
    : [];
}

/** Where the value stands that a grammar has read. */
function readSpan(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  { valueKey: key }: Claim,
): Span | undefined {
  // "One of them" is no value.
  if (key === "" || key === "1") return undefined;
  for (let from = 0; from < words.length; from += 1)
    for (let to = Math.min(words.length, from + valueMax); to > from; to -= 1)
      if (keyOf(writtenIn(text, words.slice(from, to))) === key) return { from, to };
  return undefined;
}

/** Parts that are known to be values, or look like nothing else. */
export function spansIn(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  values: ReadonlySet<string>,
  named: readonly Word[],
): readonly Span[] {
  const found: Span[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + valueMax); to > from; to -= 1) {
      const part = words.slice(from, to);
      if (part.some((word) => named.includes(word)) || part.slice(1).some(({ isApart }) => isApart))
        continue;
      const written = singular(writtenIn(text, part));
      const key = keyOf(written);
      const isValue = key.startsWith("flag ")
        ? isFlag(words, from, to)
        : isKnownName(written) || values.has(key) || isTyped(part, text);
      if (isValue) {
        found.push({ from, to });
        from = to - 1;
        break;
      }
    }
  }
  return found;
}

/** "is on in S", "turned off" */
function isFlag(words: readonly Word[], from: number, to: number): boolean {
  const next = words[to]?.lower;
  return (
    to === from + 1 &&
    /^(?:on|off|enabled|disabled)$/.test(words[from]?.lower ?? "") &&
    /^(?:is|are|was|turned|switched|set|now|stays|to)$/.test(words[from - 1]?.lower ?? "") &&
    (next === undefined || /^(?:in|for|of|now|by)$/.test(next))
  );
}

function isTyped(part: readonly Word[], text: string): boolean {
  const [one] = part;
  if (one === undefined) return false;
  const isFirst = one.start === 0;
  if (part.length > 1)
    return (
      !isFirst &&
      part.every(({ kind, text: word }) => kind === "word" && /^[A-Z][a-z]/.test(word)) &&
      isJoined(part, text)
    );
  if (one.kind === "number" || one.kind === "code" || one.kind === "url") return true;
  // "LOG_LEVEL" is what a value is of.
  if (one.kind === "name")
    return /[./:#@\d]|[a-z][A-Z]/.test(one.text) && !/^[A-Z]+(?:_[A-Z]+)+$/.test(one.text);
  return !isFirst && /^[A-Z]/.test(one.text);
}

function isJoined(part: readonly Word[], text: string): boolean {
  return part.every(
    (word, at) => at === 0 || text.slice(part[at - 1]?.end ?? 0, word.start) === " ",
  );
}

function keyOf(written: string): string {
  return valueKey(singular(written));
}

/** "Mondays" is Monday. */
function singular(written: string): string {
  return /^[a-z]+days$/i.test(written) ? written.slice(0, -1) : written;
}

/** The one that it gives; undefined where that is not sure. */
export function valueOf(
  candidates: readonly Candidate[],
  of: {
    readonly told: { readonly from: number; readonly to: number } | undefined;
    readonly claim: Claim;
  },
): Candidate | undefined {
  const { told } = of;
  if (told !== undefined) {
    const inside = candidates.filter(({ from, to }) => from >= told.from && to <= told.to);
    if (inside.length > 0)
      return inside.length === 1 ? inside[0] : inside.find(({ key }) => key === of.claim.valueKey);
  }
  if (new Set(candidates.map(({ key }) => key)).size === 1) return candidates[0];
  const same = candidates.filter(({ key }) => key === of.claim.valueKey);
  if (same.length === 1) return same[0];
  const sure = candidates.filter(({ text }) => isKnownName(singular(text)));
  if (sure.length === 1) return sure[0];
  const typed = candidates.filter(({ isTyped: looks }) => looks);
  if (typed.length === 1) return typed[0];
  const amounts = candidates.filter(({ text }) => /^[\d`]/.test(text));
  return amounts.length === 1 ? amounts[0] : undefined;
}
