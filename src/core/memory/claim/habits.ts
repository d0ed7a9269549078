import { isLight, isWeak, meaningsOf } from "../words/meanings-of.ts";
import { clause, type Kind, limiting, namesNothing, quoted } from "./frame-kinds.ts";
import { prepositions } from "./spans.ts";

/** Around so many different texts, and no word in more than this share of them. */
const restsMin = 4;
const shareMax = 0.5;

/**
 * What somebody says whatever it is about: ", as discussed", "(came up during WEB-12)", "Short answer, long meeting.", "Team rule: …".
 * No list knows such words; that they stand around all sorts of statements tells.
 */
export function isSaidOfAll(rests: readonly string[]): boolean {
  if (rests.length < restsMin) return false;
  const counts = new Map<string, number>();
  for (const rest of rests)
    for (const word of new Set(meaningsOf(rest)))
      if (!isLight(word) && !isWeak(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Math.max(...counts.values()) <= rests.length * shareMax;
}

/** Somebody speaks, or says how it was found or that it matters. A bare noun may be a place, a plan or a part: "(trial plan)". */
const speaking =
  /\b(?:i|we|you|they|it|that|this|who|which|me|us|everyone|everybody|nobody|is|was|were|been|has|had|does|did|agree[sd]?|says?|said|knows?|known|told|heard|read|seen|found|learned|settled|discussed|noted|noticed|picked|checked|verified|confirmed|tested|documented|written|decided|agreed|mentioned|printed|came|come|comes|please|thanks|ok|okay|hey|sorry|fine|useful|good|nice|important|urgent|remember|rule|note|reminder|later|\w+ed (?:off )?by)\b/i;
/** "Not urgent, but good to know", "as discussed" and "for later" limit nothing. */
const harmless =
  /\b(?:not (?:urgent|important|critical)|don['’]t (?:lose|forget|mix|miss)|never forget|but (?:good|nice|useful|worth|important)|as (?:\w+ )?(?:discussed|planned|suggested|proposed)|for (?:later|reference|the record|next time|the next time|what it is worth))\b/gi;
/** "In staging", "for partners", "when cached": that it holds there. */
const conditional = new Set(
  [...prepositions].filter(
    (word) => !/^(?:as|of|that|which|who|and|or|but|because|since)$/.test(word),
  ),
);

function isSpoken(frame: string): boolean {
  const left = frame.replaceAll(harmless, "").trim();
  const [first = ""] = left.toLowerCase().split(" ");
  return (left === "" || speaking.test(frame)) && !conditional.has(first) && isOpen(frame);
}

function isOpen(frame: string): boolean {
  return (
    !limiting.test(frame.replaceAll(harmless, "")) &&
    namesNothing(frame.replaceAll(hyphened, "$1 $2"))
  );
}
const hyphened = /\b([a-z]+)-([a-z]+)\b/gi;

/** Where such words stand. */
export const habits: readonly Kind[] = [
  {
    form: new RegExp(`^(?<frame>[^:,;()"\`]{2,60}?)(?::|,|\\s[–—-])\\s+${clause}$`, "s"),
    fits: isSpoken,
  },
  { form: new RegExp(`^(?<frame>[^:,;()"\`]{2,60}? that) ${clause}$`, "s"), fits: isSpoken },
  {
    form: /^(?<rest>\S.{10,}?[.!?])\s+(?<frame>[A-Z][^.!?:`"()]{3,60})[.!?]?$/s,
    fits: isOpen,
  },
  {
    form: new RegExp(
      `^(?<rest>\\S.{10,}?)[.!]?\\s+\\((?<frame>(?:${quoted}|[^()":\`]){3,60})\\)[.!?]?$`,
      "s",
    ),
    fits: isSpoken,
  },
  {
    form: /^(?<rest>\S.{10,}?)(?:[;]|\s[–—-]{1,2})\s+(?<frame>[^:;()"`]{3,60})[.!?]?$/s,
    fits: isSpoken,
  },
  {
    form: /^(?<rest>\S.{10,})[,]\s+(?<frame>[^:,;()"`]{2,60}?)[.!?]?$/s,
    fits: isSpoken,
  },
];
