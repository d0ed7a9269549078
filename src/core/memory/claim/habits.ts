import { isLight, isWeak, meaningsOf } from "../words/meanings-of.ts";
import { placesOf } from "../words/places-of.ts";
import { tokensOf } from "../words/tokens.ts";
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

/** So many of ten of its texts name a thing themselves, and so few others have its words. */
const namedOfTen = 8;
const elsewhereOfTen = 2;

/**
 * Whoever says it, in front of what they say: "[ci-bot] …", "verify> …", "Config comment: …". What is spoken of stands so, too ("[web]
 * port: 80"), but is spoken of elsewhere, and its texts name nothing else.
 */
export function isSource(
  frame: string,
  { rests, all }: { readonly rests: readonly string[]; readonly all: readonly string[] },
): boolean {
  if (!isSaidOfAll(rests)) return false;
  const named = rests.filter((rest) => tokensOf(rest).some(({ kind }) => kind === "name"));
  if (named.length * 10 < rests.length * namedOfTen) return false;
  const words = frame.toLowerCase();
  const there = all.filter((text) => placesOf(text.toLowerCase(), words).length > 0).length;
  return (there - rests.length) * 10 <= rests.length * elsewhereOfTen;
}

/** Somebody speaks, or says how it was found or that it matters. A bare noun may be a place, a plan or a part: "(trial plan)". */
const speaking =
  /\b(?:i|we|you|they|it|that|this|who|which|me|us|everyone|everybody|nobody|is|was|were|been|has|had|does|did|agree[sd]?|says?|said|knows?|known|told|heard|read|seen|found|learned|settled|discussed|noted|noticed|picked|checked|verified|confirmed|tested|documented|written|decided|agreed|mentioned|printed|came|come|comes|please|thanks|ok|okay|hey|sorry|fine|useful|good|nice|important|urgent|remember|rule|note|reminder|later|\w+ed (?:off )?by)\b/i;
/** "Not urgent, but good to know", "as discussed" and "for later" limit nothing; nor does where somebody came across it. */
const harmless =
  /\b(?:not (?:urgent|important|critical)|don['’]t (?:lose|forget|mix|miss)|never forget|but (?:good|nice|useful|worth|important)|as (?:\w+ )?(?:discussed|planned|suggested|proposed)|for (?:later|reference|your information|the record|next time|the next time|what it is worth)|(?:was|is) (?:fine|ok|useful|good|nice|helpful)(?: to know)?|(?:noted|agreed|written|documented|stated|printed|decided|told|said|shown|looked(?: it)? up|look(?:ed|ing)? around|going|picked up|came up|found|seen|heard|learned|noticed|mentioned|read|checked|verified|looked up|came across|working|judging|inferred|guess(?:ed|ing)?)(?: \w+)? (?:while|during|on|in|by|at|from|with|as)|(?:over|for) (?:a )?(?:coffee|lunch|tea)|with the (?:cli|team))\b/gi;
/** "In staging", "for partners", "while cached": that it holds there. */
const conditional = new Set(
  [...prepositions].filter(
    (word) => !/^(?:as|of|to|that|which|who|and|or|but|because|since|about)$/.test(word),
  ),
);
/** That it is over, or not so. */
const denying =
  /\b(?:was|were|gone|over|ended|ends|dropped|removed|stopped|superseded|revoked|expired|forbidden|opposite|lies?|disagree\w*|provided|assum\w*|as long as|in case|bugs?|ignored?|dead|fix(?:ed|ing)?|chang\w*|is it|isn['’]t|allegedly|supposedly|so they say|if you believe)\b/i;
/** A customer, a team, a place: "Acme contract", "cluster two", "on Sundays". */
const naming =
  /(?<!^)\b(?-i:\p{Lu})\p{L}+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|last)\b(?! (?:thing|time|note|more))|\b\w+days?\b|\b(?:morning|evening|night|weekend|winter|summer)s?\b/iu;

function isSpoken(frame: string): boolean {
  const left = frame.replaceAll(harmless, "").replaceAll(/\s+/g, " ").trim();
  const isLimited = left
    .toLowerCase()
    .split(/[\s,]+/)
    .some((word) => conditional.has(word));
  return (left === "" || speaking.test(frame)) && !isLimited && isOpen(frame);
}

function isOpen(frame: string): boolean {
  const left = frame.replaceAll(harmless, "");
  return (
    !limiting.test(left) &&
    !denying.test(left) &&
    !naming.test(left) &&
    namesNothing(frame.replaceAll(hyphened, "$1 $2"))
  );
}
const hyphened = /\b([a-z]+)-([a-z]+)\b/gi;

/** A second sentence that judges or greets: "Short answer, long meeting", "Best regards". */
const remark =
  /^(?:short|long|quick|just|thanks?|thank you|cheers|regards|best|kind|sorry|worth|same|nothing|everybody|everyone|ask me|see|the (?:page|team|docs?|ticket|wiki)|there is|has|looks|makes|sounds|funny|weird|strange|boring|obvious|details|more|context|background|ticket)\b(?!.*\b(?:only|except|not|never|for|on|in|at|during|until|unless)\b)/i;
const greeting = /^(?:dear|hello|hi|hey|hiya|morning|good (?:morning|evening|day))(?: \w+)?$/i;
/** How a command ended, and how long it took. */
const ended = /^(?:exit(?: code| status)? \d+|ok|done|pass(?:ed)?|\d+(?:\.\d+)? ?(?:ms|s))$/i;

/** Where such words stand. */
export const habits: readonly Kind[] = (
  [
    {
      form: new RegExp(`^(?<frame>[^:,;()"\`]{2,20}?)[,:]\\s+${clause}$`, "s"),
      fits: (frame) => greeting.test(frame),
      key: () => "hello",
    },
    {
      form: /^(?<rest>\S.{10,}?)\s+(?:[[(]|- )(?<frame>[\w. ]{2,20})[\])]?$/s,
      fits: (frame) => ended.test(frame),
      key: (frame) => frame.replaceAll(/[\d.]+/g, "#"),
    },
    {
      form: new RegExp(`^(?<frame>[^:,;()"\`]{2,60}?)(?::|,|\\s[–—-])\\s+${clause}$`, "s"),
      fits: isSpoken,
    },
    { form: new RegExp(`^(?<frame>[^:,;()"\`]{2,60}? that) ${clause}$`, "s"), fits: isSpoken },
    {
      form: /^(?<rest>\S.{10,}?[.!?])\s+(?<frame>\p{L}[^.!?:`"()]{3,60})[.!]?$/su,
      fits: (frame) => isSpoken(frame) || (remark.test(frame) && isOpen(frame)),
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
  ] satisfies readonly Kind[]
).map((kind) => ({ ...kind, by: "habit" }));

/** Where stands who says it: a name, or a noun of which nothing says that it is no thing itself. */
export const sources: readonly Kind[] = [
  {
    form: new RegExp(`^\\[(?<frame>[a-z][\\w .-]{1,30})\\]:?\\s+${clause}$`, "is"),
    fits: () => true,
    by: "source",
  },
  {
    form: new RegExp(
      `^(?<frame>[a-z][\\w-]{1,30}(?: [a-z][\\w-]{1,30}){0,2})[>:]\\s+${clause}$`,
      "is",
    ),
    fits: (frame) => !limiting.test(frame),
    by: "source",
  },
];
