import { meaningsOf } from "../words/meanings-of.ts";
import { conditionKey, type Naming, qualifierOf } from "./conditions-said.ts";
import type { Keyed } from "./key-vocabulary.ts";
import { isPlace, plainPlace } from "./places.ts";

const preposition = "for|from|on|in|at|under|during|with";
/** What parts a sentence from what stands around it. */
const parting = /[;:,()]|\s[–—-]\s|\sit is so that\s/;
/** "this is how it is in staging", "only on phones", "in production that is": the place is all that the part says. */
const around = new RegExp(
  `^(?:(?:\\w+ ){0,4}(?:is|are|holds?|goes|counts?|applies|checked) |only |just )?(?:${preposition}) (?:the |our |an? )?(.+?)(?: only| that is)?[.!]?$`,
  "i",
);
const closing = new RegExp(
  `\\s(?:${preposition}) (?:the |our |an? )?((?:(?!(?:${preposition}|of|to|from|as|by)\\b)[\\w./\`-]+ ?){1,4})[.!]?$`,
  "i",
);

/** "as a rule V, except on Windows": there it does not hold. */
const exceptThere =
  /[,;:(]?\s(?:except(?:ions? (?:apply|are|hold))?|unless|but not|other than|apart from)\s(?:for|on|in|at|under|during|with)\s.*$/i;

/** "at 3 am" is no version 3. */
const isHour = /^\d{1,2}(?::\d\d)?\s?(?:[ap]m|o'clock|h|uhr)\b/i;

/**
 * What a sentence says that its key holds under, where its qualifiers do not: "in staging, …", "… (phones only)", "… on rev B boards".
 * Only what is a place anywhere, or is one by a qualifier elsewhere, and is neither its thing nor its value.
 */
export function placeSaid(
  { text: given, subject, predicate, value }: Keyed,
  naming: Naming,
): Readonly<Record<string, string>> {
  const own = new Set([subject, predicate, value].flatMap((part) => meaningsOf(part)));
  const text = given.replace(exceptThere, "");
  const parts = text.split(parting).map((part) => part.trim());
  const found = [
    ...parts.flatMap((part) => around.exec(part)?.[1] ?? []),
    closing.exec(text)?.[1] ?? "",
  ]
    .map((place) => plainPlace(place.replace(/[.!]+$/, "")))
    .find(
      (place) =>
        place !== "" &&
        (isPlace(place) ||
          (/\p{L}{2}/u.test(place) && !isHour.test(place) && naming.has(conditionKey(place)))) &&
        !meaningsOf(place).some((word) => own.has(word)),
    );
  return found === undefined ? {} : qualifierOf(found, naming);
}
