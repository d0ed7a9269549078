import { byHand } from "../../../model/memory-observation.ts";
import { redacted } from "../../secrets/redact.ts";
import type { Statement } from "../statement.ts";
import { isUnreal } from "../unreal/is-unreal.ts";
import { conditions } from "../words/lexicon.ts";
import { isEmpty, isLight, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { type Token, tokensOf, withDigits } from "../words/tokens.ts";
import { isChanged, isFresh, isNotYet, oldSpansIn, withoutStart } from "./cues.ts";
import { type Polarity, polarityOf } from "./polarity.ts";
import { restOf } from "./rest.ts";
import { type Found, type SentenceValue, valuesIn } from "./values.ts";

/** A sentence of a person or an agent, as its words alone tell it; no others are looked at. */
export interface Sentence {
  readonly statement: Statement;
  /** What it says beside its values and beside that it is so now. */
  readonly topic: ReadonlySet<string>;
  /** All that it says of what is so: topic and values. */
  readonly said: ReadonlySet<string>;
  /** The same with its verbs, whatever they tie. */
  readonly deeds: ReadonlySet<string>;
  readonly values: readonly SentenceValue[];
  /** What it says was so, each by its words. */
  readonly olds: readonly ReadonlySet<string>[];
  /** It says that it is so from here on. */
  readonly isFresh: boolean;
  readonly isMore: boolean;
  /** What it says beside values, beside what it ends, and beside words that only tie. */
  readonly rest: readonly Token[];
  /** All that is in it. */
  readonly words: ReadonlySet<string>;
  /** It says one thing. */
  readonly isOne: boolean;
  /** "There is a …", "one team …", "the app can …": there may be others. */
  readonly isAny: boolean;
  /** It is planned, wished, tried, asked or long over: it ends nothing. */
  readonly isUnreal: boolean;
  readonly polarity: Polarity | undefined;
  /** Where or for whom it holds, in its own words. */
  readonly places: string;
  /** "The port of web is 80", "port: 80": it says what something is. */
  readonly isAttribute: boolean;
}

/** Undefined for what has a key, was read as others like it are, or is no plain claim. */
export function sentenceOf(statement: Statement): Sentence | undefined {
  if (!isPlain(statement)) return undefined;
  const { observation, text, claim } = statement;
  const whole = withDigits(withoutStart(text))
    .replaceAll(/\btim(?:es|ed|e)[ -]out\b/gi, "timeout")
    .replaceAll(/\bany (?:more|longer)\b/gi, "anymore");
  const all = tokensOf(whole);
  const olds = oldSpansIn(whole);
  const kept = all.filter(
    ({ start, end }) => !olds.some(({ from, to }) => start >= from && end <= to),
  );
  const values = valuesIn(whole, kept, olds.length > 0);
  const words = topicOf(whole, { kept, values, isEnding: olds.length > 0 });
  const places = placesIn(statement, { whole, words });
  return {
    statement,
    topic: new Set([...words].filter((word) => !places.has(word))),
    said: new Set([...words, ...values.flatMap(({ words: own }) => own)]),
    deeds: new Set(
      all.flatMap((token) =>
        saysWhen.test(token.text) ? [] : meaningsOfToken(token).filter((one) => !isEmpty(one)),
      ),
    ),
    words: new Set([...all.flatMap((token) => meaningsOfToken(token)), ...places]),
    rest: restOf(kept, { values, olds, isChange: olds.length > 0 || isChanged(whole) }),
    values,
    olds: olds.flatMap(({ from, to }) => {
      // "the Copilot subscription" is Copilot.
      const old = tokensOf(whole.slice(from, to)).filter((token) => !whatever.test(token.text));
      const stems = old.flatMap((token) => stemsOf(token));
      return stems.length === 0 ? [] : [new Set(stems)];
    }),
    isFresh: olds.length > 0 || isFresh(text),
    isMore: claim.isMore && !claim.isChange,
    isUnreal: isNotYet(text) || isUnreal(text, observation.origin),
    isAny: any.test(whole),
    isOne: !several.test(whole.replace(orMore, "")),
    isAttribute: attribute.test(whole),
    polarity: polarityOf(whole),
    places: [...places].toSorted().join(" "),
  };
}

function isPlain({ observation, isAside, isLearned, isVague, danger, text }: Statement): boolean {
  const { subject, predicate, value, kind, session } = observation;
  return (
    (subject ?? predicate ?? value) == null &&
    kind !== "open_question" &&
    !isLearned &&
    !isAside &&
    (!isVague || session === byHand) &&
    danger === undefined &&
    text.length <= charactersMax &&
    !text.includes(redacted) &&
    !talk.test(text)
  );
}

/** What it speaks of: all its words beside values, and beside what only says that something is over. */
function topicOf(
  whole: string,
  of: {
    readonly kept: readonly Token[];
    readonly values: readonly Found[];
    readonly isEnding: boolean;
  },
): ReadonlySet<string> {
  const inValues = new Set(of.values.flatMap(({ tokens }) => tokens));
  // "written in Go" says no more than that it is Go.
  const isLanguage = of.values.some(({ families }) => families.length > 0);
  const words = of.kept.flatMap((token) =>
    inValues.has(token) || (of.isEnding && leaves.test(token.text)) ? [] : stemsOf(token),
  );
  return new Set([
    ...words.filter((word) => !(isLanguage && word === "languag")),
    ...(ofOwner.test(whole) ? ["owner"] : []),
  ]);
}

function placesIn(
  { qualifiers }: Statement,
  { whole, words }: { readonly whole: string; readonly words: ReadonlySet<string> },
): ReadonlySet<string> {
  return new Set([
    ...Object.values(qualifiers).flatMap((place) => meaningsOf(place)),
    ...[...words].filter((word) => conditions.has(word) && !isNoPlace.test(word)),
    ...[...whole.matchAll(inVersion)].map(([, version = ""]) => `v${version}`),
  ]);
}

const any = /^(?:there (?:is|are)|an?|one|some|we have)\b|\bcan\b/i;
const several = /[,;]|[.!?] \S|\b(?:and|or|but|except|unless)\b/i;
const orMore = /\bor (?:newer|later|higher|above|more)\b/i;
const whatever = /^(?:subscription|plan|support|setup)$/i;
const talk =
  /^\W*(?:thanks?|thx|ok(?:ay)?|good|great|nice|sure|lgtm|hm+)\b[,.! ]|^\W*(?:yes|no)[,.!] /i;
/** "in v2": of a version. */
const inVersion = /\b(?:in|on|for|since|from) (?:version |v)(\d[\w.]*)/gi;
/** "unit tests", "approval by QA" */
const isNoPlace = /^(?:unit|qa)$/;
const attribute =
  /^(?:the |our )?[^,;]{2,60}?(?: (?:is|are) |: | = )(?:now |currently )?(?!(?:\w+ed|done|made|kept|built|written|sent|run|not)\b)(?:(?!(?:in|on|at|by|to|with|from|for|over|via|as)\b)\S+)(?: (?!(?:in|on|at|by|to|with|from|for|over|via|as)\b)\S+){0,3}$/i;
const ofOwner =
  /\b(?:hand(?:ed|s)? over|t(?:ook|aken|akes) over(?! from)|belongs? to|in charge of|responsible for|looks after|takes care of)\b/i;

/** Longer texts say more than one thing. */
const charactersMax = 200;

/** What a word says, unless it only ties, or says that it is so now. */
function stemsOf(token: Token): readonly string[] {
  if (saysWhen.test(token.text) && token.text !== "US") return [];
  return meaningsOfToken(token).filter((one) => !isEmpty(one) && !isLight(one));
}

/** What says that something is over is no word of what is so. */
const leaves =
  /^(?:shut|down|closed?|stop(?:s|ped|ping)?|dead|history|retired?|deprecated|removed?|replaced?s?|dropped|killed|ditched|abandoned|expensive|cancell?ed|ended|day|away|moved?|switch(?:ed)?|migrated|swapped|out|left|because|too)$/i;

const saysWhen =
  /^(?:now|nowadays|again|anymore|longer|back|actually|correction|update|today|since|these|days|only|please|everybody|everyone|we|us|going|goes|gone|done|happens?|enough|fine|okay|ok|allowed|mandatory|required|optional|forbidden|don['’]t|doesn['’]t|not|no|never|always|nobody|must|may|can|cannot|should|need|needs|needed|has|have|is|are|was|were|been|favou?r|slipped|slips|handed|kicks?|kicked|transferred|relocated|rebranded|located|reachable|lasts?|long|takes?|over|off|called|i|it|they|does|wrong|what|run|runs|freely|without|grown|grew|shrunk|postponed|rescheduled|delayed|extended|ported|off|on|enabled?s?|disabled?s?)$/i;
