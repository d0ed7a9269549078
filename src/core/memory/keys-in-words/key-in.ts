import type { Named } from "../claim/named-form.ts";
import { bracketed, closing, isPlace, opening, plainPlace } from "../claim/places.ts";
import type { Known } from "./known.ts";
import { marksIn, nameMark, subjectMark } from "./marks.ts";
import { bare, isMore, isValue } from "./value.ts";

const value = String.raw`(?<value>[^${subjectMark}${nameMark}]+?)`;
const old = String.raw`(?<old>[^${subjectMark}${nameMark}]+?)`;
/** What was, and what is, in a text with marks for its subject and its name. */
const changes = [
  String.raw`\bfrom ${old} to ${value}`,
  String.raw`${old} (?:->|→|=>) ${value}`,
  String.raw`\breplaced ${old} (?:with|by) ${value}`,
  String.raw`\b(?:is|to|has|uses?|:|=) ${value} ?,? (?:instead of|rather than|in place of|no longer|and not|not) ${old}`,
].map(
  (form) => new RegExp(`^.*?${form}(?: (?:as|for|of|in) [ the${subjectMark}${nameMark}]+)?$`, "i"),
);
const changed =
  /^(?:(?:we|they) )?(?:(?:have|has) )?(?:switched|changed|moved|set|bumped|raised|lowered|updated)\b/i;

/** A sentence of a known thing and a known name, with nothing else than a value beside words that tie them. */
export function keyIn(
  given: string,
  { subjects, names }: Pick<Known, "subjects" | "names">,
): Named | undefined {
  const { text, under } = withoutPlaces(given, subjects);
  const marked = marksIn(text, { subjects, names });
  if (marked === undefined) return undefined;
  const { subject, name, said } = marked;
  const place = under === "" ? {} : { under };
  const moved = movedIn(said);
  if (moved !== undefined) return { name, subject, ...moved, ...place };
  if (/\b(?:not|never|no longer|n['’]t|was|were|used to|if|whether|why|how|when|who)\b/i.test(said))
    return undefined;
  const rest = bare(said.replace(changed, " "));
  if (
    rest === "" ||
    /[,;]/.test(rest) ||
    rest.includes(subjectMark) ||
    rest.includes(nameMark) ||
    !isValue(rest) ||
    isMore(rest)
  )
    return undefined;
  return { name, subject, value: rest, ...place };
}

/** What is, and what was, where a sentence says both. */
function movedIn(said: string): { readonly value: string; readonly old: string } | undefined {
  for (const form of changes) {
    const { value: now = "", old: before = "" } = form.exec(said)?.groups ?? {};
    const both = { value: bare(now), old: bare(before) };
    if (both.value !== "" && both.old !== "" && isValue(both.value)) return both;
  }
  return undefined;
}

/** A sentence without what it holds under, and that. */
export function withoutPlaces(
  given: string,
  subjects: Known["subjects"],
): { readonly text: string; readonly under: string } {
  const places: string[] = [];
  let text = given;
  const take = (pattern: RegExp, at: number, left: number): void => {
    const found = pattern.exec(text);
    const place = found?.[at];
    const rest = found?.[left];
    if (place === undefined || rest === undefined || !isPlace(place)) return;
    if (subjects.has(plainPlace(place).toLowerCase())) return;
    places.push(plainPlace(place));
    text = rest;
  };
  take(opening, 2, 4);
  take(bracketed, 2, 1);
  take(closing, 2, 1);
  return { text, under: places.join(" ") };
}
