import { prepositions } from "../claim/spans.ts";
import { familiesOf } from "../prose/value-families.ts";
import { meaningsOfToken } from "../words/meanings-of.ts";
import { numberOf, type Token, tokensOf } from "../words/tokens.ts";
import { isAmountKey, valueKey, valueKindOf } from "../words/value-key.ts";
import { weekday } from "../words/weekday.ts";

export interface SentenceValue {
  readonly key: string;
  readonly type: string;
  /** Of which well-known names it is one (`prose/value-families.ts`). */
  readonly families: readonly string[];
  readonly words: readonly string[];
  /** The preposition or the "is" that it stands behind; "front" where it stands first. */
  readonly tie: string;
  /** It stands in front of all verbs, or of a noun that it only says which one of: "the Acme tenant", "room 12 has". */
  readonly isWhich: boolean;
  /** "15" of "Postgres 15". */
  readonly version?: string;
}

/** A value with its words in the text. */
export interface Found extends SentenceValue {
  readonly tokens: readonly Token[];
}

const day = new RegExp(
  `^${weekday}$|^(?:january|february|march|april|june|july|august|september|october|november|december)$`,
  "i",
);

/** Names that are known, numbers, code, days, proper names; else what stands behind "is" or a preposition at the end. */
export function valuesIn(
  text: string,
  tokens: readonly Token[],
  isEnding: boolean,
): readonly Found[] {
  const found: Found[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    for (let length = Math.min(3, tokens.length - at); length > 0; length -= 1) {
      const part = tokens.slice(at, at + length);
      const type = typeOf(text, part, at === 0);
      if (type === undefined || isSpokenOf(tokens, at, type)) continue;
      found.push(valueOf(text, part, type));
      at += length - 1;
      break;
    }
  }
  return found.length > 0
    ? withVersions(inOneName(text, found))
    : (frontOf(text, tokens) ?? tailOf(text, tokens, isEnding));
}

/** "Grafana Loki", "React Native" */
function inOneName(text: string, found: readonly Found[]): readonly Found[] {
  const joined: Found[] = [];
  for (const one of found) {
    const before = joined.at(-1);
    const [from, to] = [before?.tokens[0], one.tokens.at(-1)];
    const isNext =
      before !== undefined &&
      (one.tokens[0]?.start ?? 0) - (before.tokens.at(-1)?.end ?? 0) === 1 &&
      [before, one].every(
        ({ type, tokens }) =>
          /^(?:family|name)$/.test(type) && tokens.every((token) => isCapital(token)),
      );
    if (!isNext || from === undefined || to === undefined) joined.push(one);
    else {
      const tokens = [...before.tokens, ...one.tokens];
      const families = one.families.length > 0 ? one.families : before.families;
      joined[joined.length - 1] = { ...valueOf(text, tokens, one.type), families };
    }
  }
  return joined;
}

/** "Postgres 15" is one value. */
function withVersions(found: readonly Found[]): readonly Found[] {
  return found.flatMap((one, at) => {
    const [before, next] = [found[at - 1], found[at + 1]];
    if (before !== undefined && isVersionOf(one, before)) return [];
    return next !== undefined && isVersionOf(next, one)
      ? [
          {
            ...one,
            version: next.key,
            words: [...one.words, ...next.words],
            tokens: [...one.tokens, ...next.tokens],
          },
        ]
      : [one];
  });
}

function isVersionOf(number: Found, name: Found): boolean {
  const gap = (number.tokens[0]?.start ?? 0) - (name.tokens.at(-1)?.end ?? 0);
  return (
    gap === 1 &&
    /^(?:family|name|day)/.test(name.type) &&
    /^(?:amount $|version|number)/.test(number.type)
  );
}

/** "web-app listens on 80", "the port of web-app": a name that something is said of. A ticket is nothing that anything is. */
function isSpokenOf(tokens: readonly Token[], at: number, type: string): boolean {
  const [token, before] = [tokens[at], tokens[at - 1]?.text ?? ""];
  // "pkg:core" looks like an image; "node:22-slim" is one.
  const isNamed =
    type === "name" ||
    type === "path" ||
    (familiesOf(valueKey(token?.text ?? "")).includes("image") && !/\d/.test(token?.text ?? ""));
  if (token?.kind !== "name" || !isNamed) return false;
  if (/^[A-Z]{2,}-\d+$/.test(token.text)) return true;
  const isThing =
    /^@?[a-z][a-z\d]*(?:[-_.:/][a-z\d]+)+$/i.test(token.text) && !/\.[a-z]{1,4}$/i.test(token.text);
  return isThing && (at === 0 || /^(?:the|our|of|for)$/i.test(before));
}

/** "Dark is the default theme" */
function frontOf(text: string, tokens: readonly Token[]): readonly Found[] | undefined {
  const at = tokens.findIndex(({ text: word }) => ties.test(word));
  const front = tokens.slice(0, Math.max(0, at));
  const behind = tokens.slice(at + 1).filter(({ text: word }) => !/^now$/i.test(word));
  // "Ingrid is release manager"
  const isName =
    front.length === 1 &&
    front.every((token) => isCapital(token) && !token.text.endsWith("s")) &&
    behind.length === 2 &&
    behind.every(
      ({ kind, text: word }) => kind === "word" && !prepositions.has(word) && !word.endsWith("ed"),
    );
  const isFront =
    (isName || /^(?:the|our|its)$/i.test(tokens[at + 1]?.text ?? "")) &&
    front.length > 0 &&
    front.length <= 2 &&
    !front.some(
      ({ text: word }) =>
        /^(?:the|our|a|an|it|this|that|there)$/i.test(word) || prepositions.has(word.toLowerCase()),
    );
  return isFront ? [valueOf(text, front, "word")] : undefined;
}

function typeOf(text: string, part: readonly Token[], isFirst: boolean): string | undefined {
  const [first, last] = [part[0], part.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const written = text.slice(first.start, last.end);
  const families = familiesOf(valueKey(first === last ? first.text : written));
  if (day.test(written)) return "day";
  if (families.includes("frequency")) return "amount ms";
  if (
    families.length > 0 &&
    (part.length > 1 || isCapital(first) || first.kind !== "word" || !common.test(first.text))
  )
    return "family";
  if (part.length > 1) return undefined;
  if (/^(?:noon|midnight)$/i.test(first.text)) return "clock";
  const next = tokensOf(text.slice(first.end))[0];
  const isCount =
    numberOf(first.text) !== undefined &&
    next?.kind === "word" &&
    !/^(?:of|and|or|to|in|on|is|has)$/i.test(next.text);
  if (isCount) return "amount ";
  if (isFirst && isCapital(first) && !nobody.test(first.text) && owning.test(next?.text ?? ""))
    return "name";
  if (first.kind === "number") return kindOf(first.text);
  if (first.kind === "code" || first.kind === "url" || first.kind === "date") return first.kind;
  if (first.kind === "name") return /[/.]/.test(first.text) ? "path" : "name";
  const isTool = tools.test(first.text) && /^v?\d/.test(next?.text ?? "");
  return isTool || (isCapital(first) && !isFirst && !/^[A-Z]{2,4}s?$/.test(first.text))
    ? "name"
    : undefined;
}

const nobody = /^(?:we|it|they|this|that|the|our|everybody|everyone|nobody|who|he|she|you|one)$/i;
const owning =
  /^(?:owns?|maintains?|leads?|reviews?|stewards?|handles?|took|takes|has|replaces?|replaced|succeeds|became|becomes)$/i;
const tools =
  /^(?:node(?:\.?js)?|python|go|java|jdk|ruby|rust|php|npm|pnpm|yarn|deno|bun|typescript|gcc|clang|cmake|docker|kubernetes|terraform|gradle|maven|xcode|swift|kotlin|git)$/i;
/** Family names that are everyday words too. */
const common =
  /^(?:go|rust|swift|hive|phoenix|nuke|coil|glide|express|solid|unit|passenger|black|bun|semaphore)$/;

function isCapital({ text }: Token): boolean {
  return /^\p{Lu}/u.test(text);
}

function kindOf(number: string): string {
  const key = valueKey(number);
  if (/^\d{1,2}:\d\d$/.test(number)) return "clock";
  return isAmountKey(key) ? `amount ${key.replace(/^[\d.<>=~^]+ ?/, "")}` : valueKindOf(number);
}

/** What a value stands behind, without articles and the nouns that say of what kind it is. */
function tieIn(text: string, start: number): string {
  const before = tokensOf(text.slice(0, start)).filter(
    ({ text: word }) =>
      !/^(?:the|an?|our|port|version|about|around|now|currently|team)$/i.test(word),
  );
  const last = before.at(-1)?.text.toLowerCase();
  if (last === undefined) return "front";
  if (prepositions.has(last)) return last;
  if (ties.test(last) || /^(?:was|were)$/.test(last)) return "is";
  return verb.test(last) ? last.replace(/s$/, "") : "";
}

const verb = /^(?:is|are|was|were|has|have|had|uses?|needs?|takes?|runs?|goes?|lives?|be|been)$/i;

function isWhich(
  text: string,
  { start, end, type }: { readonly start: number; readonly end: number; readonly type: string },
): boolean {
  const before = tokensOf(text.slice(0, start));
  const [next] = tokensOf(text.slice(end));
  const isSubject = !before.some(
    ({ text: word }) =>
      verb.test(word) ||
      prepositions.has(word.toLowerCase()) ||
      /(?:[^s]s|ed)$/.test(word) ||
      /^we$/i.test(word),
  );
  const isBefore =
    next !== undefined &&
    next.start === 1 &&
    next.kind === "word" &&
    !prepositions.has(next.text.toLowerCase()) &&
    !verb.test(next.text) &&
    !owning.test(next.text) &&
    !/(?:s|ed)$|^(?:now|again|too|instead)$/.test(next.text.toLowerCase());
  return (
    (before.length > 0 && isSubject && !/[:=]\s*$/.test(text.slice(0, start))) ||
    (isBefore && !type.startsWith("amount"))
  );
}

function valueOf(text: string, part: readonly Token[], type: string): Found {
  const [first, last] = [part[0], part.at(-1)];
  const key = valueKey(text.slice(first?.start ?? 0, last?.end ?? 0));
  return {
    key,
    type,
    tie: tieIn(text, first?.start ?? 0),
    isWhich: isWhich(text, { start: first?.start ?? 0, end: last?.end ?? 0, type }),
    families: type === "family" ? familiesOf(key) : [],
    words: part.flatMap((token) => meaningsOfToken(token)),
    tokens: part,
  };
}

const ties = /^(?:is|are|be|becomes?|became|[:=])$/i;
const tailMax = 3;
const exchanging = /\b(?:replac|supersed|swap|exchang|trad)\w*/i;

function tailOf(text: string, tokens: readonly Token[], isEnding: boolean): readonly Found[] {
  const from =
    tokens.findLastIndex(
      ({ text: word }, at) =>
        at < tokens.length - 1 && (ties.test(word) || prepositions.has(word.toLowerCase())),
    ) + 1;
  const tail = tokens
    .slice(from)
    .filter((token) => !/^(?:the|a|an|our|now|not|again)$/i.test(token.text));
  const colon = /[:=]\s+(\S+)$/.exec(text);
  if (from === 0 && colon !== null) {
    const last = tokens.at(-1);
    return last === undefined ? [] : [valueOf(text, [last], "word")];
  }
  const tie = tokens[from - 1]?.text.toLowerCase() ?? "";
  // "for queues", "in tests": of what, and where.
  const isValue = isEnding
    ? ties.test(tie) || tie === "to" || (/^(?:by|with)$/.test(tie) && exchanging.test(text))
    : ties.test(tie) || /^(?:was|were|to|by|with|in|at|via|from)$/.test(tie);
  return from === 0 || tail.length === 0 || tail.length > tailMax || !isValue
    ? []
    : [valueOf(text, tail, "word")];
}
