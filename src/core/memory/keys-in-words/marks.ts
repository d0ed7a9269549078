import { type Token, tokensOf } from "../words/tokens.ts";
import { type Known, spelt } from "./known.ts";
import { light } from "./value.ts";

/** Characters that are in no text. */
export const subjectMark = "\uE000";
export const nameMark = "\uE001";

/** A text with marks where its only subject and its only name stand. */
export function marksIn(
  text: string,
  { subjects, names }: Pick<Known, "subjects" | "names">,
): { readonly subject: string; readonly name: string; readonly said: string } | undefined {
  const tokens = tokensOf(text);
  const things = spansOf(text, tokens, (part) => subjects.get(part.toLowerCase()));
  if (new Set(things.map(({ is }) => is)).size !== 1) return undefined;
  const free = tokens.filter(
    ({ start, end }) => !things.some((one) => start < one.end && end > one.start),
  );
  const called = spansOf(text, free, (part) => names.get(spelt(part)));
  const [thing, name] = [things[0], called[0]];
  if (thing === undefined || name === undefined || called.length > 1) return undefined;
  const [before, behind] = [beforeOf(name, tokens), behindOf(name, tokens)];
  // "web has log format json": behind "has" a name is one.
  const isHad = /^(?:has|have)$/i.test(before?.text ?? "");
  if (!isTying(before, things) || !(isHad || isTying(behind, things))) return undefined;
  let said = text;
  const marks = [
    ...things.map((one) => ({ ...one, mark: subjectMark })),
    { ...name, mark: nameMark },
  ];
  for (const { start, end, mark } of marks.toSorted((a, b) => b.start - a.start))
    said = `${said.slice(0, start)} ${mark} ${said.slice(end)}`;
  return {
    subject: thing.is,
    name: name.is,
    said: said
      .replaceAll(/[:=,](?=\s)/g, " $& ")
      .replaceAll(/\s+/g, " ")
      .trim(),
  };
}

/** "read timeout" is no timeout, and neither is a "timeout handler". */
function isTying(word: Token | undefined, things: readonly Span[]): boolean {
  return (
    word === undefined ||
    light.has(word.text.toLowerCase()) ||
    /^(?:switch|chang|mov|bump|rais|lower|updat)e?d$|^(?:went|set|include|includes|keeps?|from|among|becomes?|became|list|on|probably)$/i.test(
      word.text,
    ) ||
    things.some(({ start, end }) => word.start >= start && word.end <= end)
  );
}

function beforeOf({ start }: Span, tokens: readonly Token[]): Token | undefined {
  return tokens.findLast(({ end }) => end <= start);
}

/** Behind a mark something else begins. */
function behindOf({ end }: Span, tokens: readonly Token[]): Token | undefined {
  const next = tokens.find(({ start }) => start >= end);
  return next !== undefined && next.start > end + 1 ? undefined : next;
}

interface Span {
  readonly start: number;
  readonly end: number;
  readonly is: string;
}

/** Longest name, in words. */
const spanMax = 5;

function spansOf(
  text: string,
  tokens: readonly Token[],
  known: (part: string) => string | undefined,
): readonly Span[] {
  const found: Span[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    for (let to = Math.min(tokens.length, from + spanMax); to > from; to -= 1) {
      const [start, end] = [tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0];
      const part = text.slice(start, end);
      if (/[,:;()]/.test(part)) continue;
      const is = known(part.replace(/['’]s$/, ""));
      if (is === undefined) continue;
      found.push({ start, end, is });
      from = to - 1;
      break;
    }
  }
  return found;
}
