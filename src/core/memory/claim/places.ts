import { conditions, meaning } from "../words/lexicon.ts";
import { weekday } from "../words/weekday.ts";

const preposition = "for|on|in|at|under|during|with|when using|as far as|when|while";

/** "On the main branch, …": preposition, place, mark and the rest. */
export const opening = new RegExp(
  `^(${preposition}) (?:the |our |an? )?([^,:]{1,40})([,:]) (.+)$`,
  "i",
);
/** "… on the main branch": what stands before it, and the place. */
export const closing = new RegExp(
  String.raw`^(\S.*?),? (?:${preposition}) (?:the |our |an? )?((?:(?!(?:${preposition}|of|to|from|as|by)\b)[\w./` +
    "`" +
    String.raw`-]+ ?){1,4})$`,
  "i",
);
/** "… (phones only)" */
export const bracketed = /^(.+\S) \(([^()]{2,60})\)$/;

/** A place without the words that only tie it to its sentence. */
export function plainPlace(place: string): string {
  return place
    .replace(/^(?:(?:for|on|in|at|under|during|with|the|our|only) )+|,? only$/gi, "")
    .replace(/ (?:goes|is concerned|works?|runs?|is used)$/i, "")
    .trim();
}

const nouns =
  /^(?:branch|version|release|region|tenant|cluster|environments?|env|stage|tier|plan|edition|platform|architecture|arch|profile|zone|workspace|variant|hardware|revision|rev|boards?|channel|customers?|users?|clients?|accounts?|machines?|hosts?|devices?|builds?)$/i;
const whose =
  /^(?:my (?:own )?(?:setup|machine|laptop|computer|environment)|me(?: personally)?|this (?:project|repo|repository)|[a-z]+ agents?)$/i;

const days = new RegExp(
  String.raw`\b(?:${weekday}|(?:public |bank )?holidays?|week(?:days?|ends?))\b`,
  "i",
);

/** "for next time: …" is what to remember it for, and no place. */
export function isPurpose(place: string): boolean {
  return /^(?:for )?(?:the )?(?:next time|(?:future|later) (?:reference|sessions?))$/i.test(place);
}

/** Whether what stands behind a preposition says where or for whom something holds, and is nothing else. */
export function isPlace(place: string): boolean {
  const plain = plainPlace(place);
  const words = plain.split(" ");
  // "on all machines" is everywhere.
  if (/^(?:all|any|every|each|both|most|other|no|none)$/i.test(words[0] ?? "")) return false;
  // "starts it on your machine" is where whoever reads that is.
  if (/\b(?:your|one's) (?:own )?(?:machine|laptop|computer|host|device)$/i.test(place))
    return false;
  if (isPurpose(plain)) return false;
  // "for us" is for nobody else, "for the US" says where.
  if (plain === "us" || words.some((word) => /^(?:is|are|=)$/.test(word))) return false;
  return (
    whose.test(plain) ||
    days.test(plain) ||
    words.some((word) => /^v?\d+(?:\.\d+)*\.x$/i.test(word)) ||
    words.some((word) => conditions.has(meaning(word))) ||
    (words.length > 1 && [words[0], words.at(-1)].some((word) => nouns.test(word ?? "")))
  );
}
