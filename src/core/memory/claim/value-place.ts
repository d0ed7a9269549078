import { remembered } from "../words/remembered.ts";
import { holdsValue, type Keyed, predicateKey } from "./key-vocabulary.ts";
import { prepositions } from "./spans.ts";
import { stripStatement } from "./strip-statement.ts";

/** The value that a text has, where others of its predicate have theirs; undefined where it says it like none of them. */
export type PlacedValue = (keyed: Keyed, place: "same" | "alike") => string | undefined;

/** Words around a value, in lower case, its subject as one mark. */
interface Place {
  readonly before: string;
  readonly after: string;
}

const subjectMark = "\u0001";
/** So many words before a value, and one behind it, are enough to find it by. */
const wordsBefore = 2;
const valueWordsMax = 4;

/** Learns from all keys where their texts have the value: "S has a retry limit of V for …". */
export function learnPlaces(keyed: readonly Keyed[]): PlacedValue {
  const byPredicate = Map.groupBy(keyed, ({ predicate }) => predicateKey(predicate));
  const placesOf = remembered((key: string): readonly Place[] => {
    const places = (byPredicate.get(key) ?? []).flatMap((one) => placeIn(one) ?? []);
    return [...new Map(places.map((one) => [JSON.stringify(one), one])).values()];
  });
  return (one, how) => {
    const text = spoken(one);
    const found = placesOf(predicateKey(one.predicate)).flatMap(
      (place) => (how === "same" ? between : nearby)(text, place) ?? [],
    );
    const values = new Set(found.filter((value) => !value.includes(subjectMark)));
    const [only] = values;
    return values.size === 1 ? only : undefined;
  };
}

/** What a statement says, with a mark for its subject. */
function spoken({ text, subject }: Keyed): string {
  const said = stripStatement(text).text.replaceAll("`", "");
  const at = said.toLowerCase().indexOf(subject.toLowerCase());
  return at === -1 ? said : `${said.slice(0, at)}${subjectMark}${said.slice(at + subject.length)}`;
}

function placeIn(keyed: Keyed): Place | undefined {
  if (!holdsValue(keyed.text, keyed.value)) return undefined;
  const text = spoken(keyed).toLowerCase();
  const at = text.lastIndexOf(keyed.value.toLowerCase());
  if (at === -1) return undefined;
  return { before: text.slice(0, at), after: text.slice(at + keyed.value.length) };
}

function between(text: string, { before, after }: Place): string | undefined {
  const lower = text.toLowerCase();
  if (!lower.startsWith(before) || !lower.endsWith(after)) return undefined;
  const value = phraseIn(text.slice(before.length, text.length - after.length));
  // In front of a sentence there may be more than its value.
  return before === "" && value?.includes(" ") === true ? undefined : value;
}

/** The same, by the words next to the value alone. */
function nearby(text: string, place: Place): string | undefined {
  const before = place.before
    .split(" ")
    .slice(-1 - wordsBefore)
    .join(" ");
  const after = /^\s*\S+/.exec(place.after)?.[0] ?? "";
  if (before.trim().split(" ").length < wordsBefore) return undefined;
  const lower = text.toLowerCase();
  const from = lower.indexOf(before);
  if (from === -1) return undefined;
  const start = from + before.length;
  const end = after === "" ? text.length : lower.indexOf(after, start);
  return phraseIn(text.slice(start, Math.max(start, end)));
}

/** A value ends before what else is said. */
function phraseIn(text: string): string | undefined {
  const words = (text.split(/[,;()]/)[0] ?? "").trim().split(" ");
  const stop = words.findIndex((word) => prepositions.has(word.toLowerCase()));
  const kept = words.slice(0, stop === -1 ? words.length : stop);
  return kept.length > valueWordsMax || kept.join("") === "" ? undefined : kept.join(" ");
}
