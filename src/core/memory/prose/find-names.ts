import { prepositions } from "../claim/spans.ts";
import { meaning, narrowing } from "../words/lexicon.ts";
import { isEmpty, isLight, isWeak } from "../words/meanings-of.ts";
import { stem } from "../words/stem.ts";
import { type Token, tokensOf, withDigits } from "../words/tokens.ts";
import { valueKey } from "../words/value-key.ts";
import { joinNames } from "./join-names.ts";
import { familiesOf } from "./value-families.ts";

/** Where a name stands that something is said of. */
interface Seen {
  readonly written: string;
  readonly isName: boolean;
  /** What else its sentences say, each once: "of X", "in X", and "X does". */
  readonly owned: Set<string>;
  readonly within: Set<string>;
  readonly first: Set<string>;
  /** Where values stand: "is V", "with V", "from V to V". */
  readonly given: Set<string>;
  /** All sentences it stands in. */
  readonly all: Set<string>;
}

/** What is written as a name, and what is not, has to be spoken of in so many different sentences. */
interface Needed {
  readonly ofName: number;
  readonly ofWord: number;
  /** Both behind "of" and in front of a verb. */
  readonly isBoth: boolean;
}
const sure: Needed = { ofName: 2, ofWord: 3, isBoth: true };
/** Where a sentence speaks of none of these, less is enough. */
const rest: Needed = { ofName: 1, ofWord: 2, isBoth: false };
/** What is spoken of is nearly always in such a place; a value or a common noun only now and then. */
const placeShare = 0.5;
/** What is written as a name is talked of in other places, too ("next I look at S"): of it those count where values stand. */
const namedMin = 3;

/**
 * What a collection of sentences speaks of, by the places that it has in them: behind "of" and "for", and in front of a verb.
 * Sentences that differ in nothing else are one. Gives the names as written, by their small letters.
 */
export function findNames(
  texts: readonly string[],
  known: readonly string[],
): ReadonlyMap<string, string> {
  const sentences = joinNames(
    texts.map((text) =>
      tokensOf(withDigits(text)).filter(({ text: word }) => !articles.test(word)),
    ),
  );
  const given = new Map(known.map((name): [string, string] => [name.toLowerCase(), name]));
  // What is known to be spoken of leaves nothing else to look for: "for tenant Acme, the port of web is 80".
  const open = sentences.filter((tokens) => !hasName(tokens, given));
  const first = new Map([...namesIn(open, sure), ...given]);
  const others = sentences.filter(
    (tokens) => !tokens.some(({ text }) => first.has(text.toLowerCase())),
  );
  return new Map([...namesIn(others, rest), ...first]);
}

function hasName(tokens: readonly Token[], names: ReadonlyMap<string, string>): boolean {
  const words = tokens.map(({ text }) => text.toLowerCase());
  return words.some((_, at) =>
    [1, 2, 3].some((length) => names.has(words.slice(at, at + length).join(" "))),
  );
}

function namesIn(
  sentences: readonly (readonly Token[])[],
  needed: Needed,
): readonly (readonly [string, string])[] {
  const seen = new Map<string, Seen>();
  for (const tokens of sentences) {
    for (const [at, token] of tokens.entries()) {
      if (!canBeName(token)) continue;
      const place = placeOf(tokens, at);
      const name = token.text.toLowerCase();
      const held = seen.get(name) ?? {
        written: token.text,
        isName: /^@?[a-z][a-z\d]*(?:[-_/][a-z\d]+)+$/i.test(token.text),
        owned: new Set<string>(),
        within: new Set<string>(),
        first: new Set<string>(),
        given: new Set<string>(),
        all: new Set<string>(),
      };
      seen.set(name, held);
      const said = saidBeside(tokens, at);
      held.all.add(said);
      if (place !== undefined) held[place].add(said);
    }
  }
  return [...seen].flatMap(([name, one]) =>
    isSpokenOf(one, needed) ? [[name, one.written] as const] : [],
  );
}

function isSpokenOf({ isName, owned, within, first, given, all }: Seen, needed: Needed): boolean {
  const placed = new Set([...owned, ...within, ...first]).size;
  if (owned.size + first.size === 0) return false;
  const isKnown = isName && placed >= namedMin && given.size * 2 <= placed;
  if (!isKnown && placed < placeShare * all.size) return false;
  if (isName) return placed >= needed.ofName;
  return placed >= needed.ofWord && owned.size > 0 && (!needed.isBoth || first.size > 0);
}

const articles = /^(?:the|a|an|our|its|their|this|that)$/i;

/** "services/billing" and "@acme/ui-kit" are names, "conf/web.yml" is none. */
const pathLike = /^@?[a-z][a-z0-9]*(?:[-_/][a-z0-9]+)*$/i;

function canBeName({ kind, text }: Token): boolean {
  if (familiesOf(valueKey(text)).length > 0) return false;
  if (kind === "name") return pathLike.test(text) && !/\.[a-z]{1,4}$/i.test(text);
  if (kind === "code") return /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i.test(text);
  if (kind !== "word") return false;
  const lower = text.toLowerCase();
  const meant = meaning(lower);
  return (
    lower.length > 2 &&
    !prepositions.has(lower) &&
    !isWeak(meant) &&
    !isLight(meant) &&
    !narrowing.has(meant) &&
    !spoken.test(lower)
  );
}

/** Who speaks, and to whom, is nobody that something is said of. */
const spoken =
  /^(?:we|you|they|it|there|here|he|she|i|who|what|which|one|all|everything|nothing|now|then|also|please)$/;

function placeOf(
  tokens: readonly Token[],
  at: number,
): "owned" | "within" | "first" | "given" | undefined {
  const before = tokens[at - 1]?.text.toLowerCase() ?? "";
  if (isModifier(tokens, at)) return undefined;
  if (/^(?:is|are|was|with|using|by|through|via|as|than|to|from)$/.test(before)) return "given";
  if (/^(?:of|for|behind)$/.test(before)) return "owned";
  if (/^(?:in|at|on)$/.test(before)) return before === "in" ? "within" : undefined;
  if (at > 0) return undefined;
  const weak = tokens[1]?.kind === "word" && isWeak(meaning(tokens[1].text)) ? 1 : 0;
  const next = tokens[1 + weak];
  return next?.kind === "word" && isVerbLike(next.text.toLowerCase()) ? "first" : undefined;
}

/** "for on-device data": what stands before a noun that is no other name for it says which one. */
function isModifier(tokens: readonly Token[], at: number): boolean {
  const [one, next] = [tokens[at], tokens[at + 1]];
  if (one?.kind !== "name" || next?.kind !== "word" || next.start - one.end > 1) return false;
  const [lower, meant] = [next.text.toLowerCase(), meaning(next.text)];
  const isTying = prepositions.has(lower) || isVerbLike(lower) || isLight(meant);
  return !(isTying || isEmpty(meant) || isWeak(meant));
}

function isVerbLike(lower: string): boolean {
  return (
    /^(?:is|are|was|has|had|must|may|can|should|will|went|left|now|no)$/.test(lower) ||
    (/[^s]s$|ed$/.test(lower) && stem(lower) !== lower)
  );
}

/** The other words of a sentence that say something, without its numbers: what is said of something. */
function saidBeside(tokens: readonly Token[], at: number): string {
  return tokens
    .flatMap(({ kind, text }, place) =>
      place === at || kind === "number" || prepositions.has(text) ? [] : [text.toLowerCase()],
    )
    .join(" ");
}
