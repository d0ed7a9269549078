import { byHand } from "../../../model/memory-observation.ts";
import type { Statement } from "../statement.ts";
import { isUnreal } from "../unreal/is-unreal.ts";
import { conditions } from "../words/lexicon.ts";
import { isEmpty, isLight, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { type Token, tokensOf, withDigits } from "../words/tokens.ts";
import { isFresh, isNotYet, oldSpansIn, withoutStart } from "./cues.ts";
import { type Polarity, polarityOf } from "./polarity.ts";
import { type SentenceValue, valuesIn } from "./values.ts";

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
  const { observation, isAside, isLearned, isVague, danger, text, qualifiers, claim } = statement;
  const { subject, predicate, value, kind } = observation;
  const isOpen = (subject ?? predicate ?? value) == null && kind !== "open_question" && !isLearned;
  if (!isOpen || isAside || danger !== undefined || text.length > charactersMax || talk.test(text))
    return undefined;
  if (isVague && observation.session !== byHand) return undefined;
  const whole = withDigits(withoutStart(text)).replaceAll(/\btim(?:es|ed|e)[ -]out\b/gi, "timeout");
  const olds = oldSpansIn(whole);
  const kept = tokensOf(whole).filter(
    ({ start, end }) => !olds.some(({ from, to }) => start >= from && end <= to),
  );
  const values = valuesIn(whole, kept);
  const inValues = new Set(values.flatMap(({ tokens }) => tokens));
  const words = kept.flatMap((token) =>
    inValues.has(token) || (olds.length > 0 && leaves.test(token.text)) ? [] : stemsOf(token),
  );
  // "written in Go" says no more than that it is Go.
  const isLanguage = values.some(({ families }) => families.includes("language"));
  const topic = new Set([
    ...words.filter((word) => !(isLanguage && word === "languag")),
    ...(ofOwner.test(whole) ? ["owner"] : []),
  ]);
  const places = new Set([
    ...Object.values(qualifiers).flatMap((place) => meaningsOf(place)),
    ...words.filter((word) => conditions.has(word) && !isNoPlace.test(word)),
    ...[...whole.matchAll(inVersion)].map(([, version = ""]) => `v${version}`),
  ]);
  const bare = [...topic].filter((word) => !places.has(word));
  return {
    statement,
    topic: new Set(bare),
    said: new Set([...topic, ...values.flatMap(({ words: own }) => own)]),
    deeds: new Set(
      kept.flatMap((token) =>
        saysWhen.test(token.text) ? [] : meaningsOfToken(token).filter((one) => !isEmpty(one)),
      ),
    ),
    values,
    olds: olds.flatMap(({ from, to }) => {
      const tokens = tokensOf(whole.slice(from, to));
      // "the Copilot subscription" is Copilot, whatever it is.
      const names = tokens.filter(
        ({ kind, text: word }) => kind !== "word" || /^\p{Lu}/u.test(word),
      );
      const old = (names.length > 0 ? names : tokens).flatMap((token) => stemsOf(token));
      return old.length === 0 ? [] : [new Set(old)];
    }),
    isFresh: olds.length > 0 || isFresh(text),
    isMore: claim.isMore && !claim.isChange,
    isUnreal: isNotYet(text) || isUnreal(text, observation.origin),
    polarity: polarityOf(whole),
    places: [...places].toSorted().join(" "),
    isAttribute: attribute.test(whole),
  };
}

const talk =
  /^\W*(?:thanks?|thx|ok(?:ay)?|good|great|nice|sure|lgtm|hm+)\b[,.! ]|^\W*(?:yes|no)[,.!] /i;
/** "in v2": of a version. */
const inVersion = /\b(?:in|on|for|since|from) (?:version |v)(\d[\w.]*)/gi;
/** "unit tests", "approval by QA" */
const isNoPlace = /^(?:unit|qa)$/;
const attribute =
  /^(?:the |our )?[^,;]{2,60}?(?: (?:is|are) |: | = )(?:now |currently )?(?!(?:\w+ed|done|made|kept|built|written|sent|run|not)\b)(?:(?!(?:in|on|at|by|to|with|from|for|over|via|as)\b)\S+)(?: (?!(?:in|on|at|by|to|with|from|for|over|via|as)\b)\S+){0,3}$/i;
const ofOwner =
  /\b(?:hand(?:ed|s)? over|t(?:ook|aken|akes) over|belongs? to|in charge of|responsible for|looks after|takes care of)\b/i;

/** Longer texts say more than one thing. */
const charactersMax = 200;

/** What a word says, unless it only ties, or says that it is so now. */
export function stemsOf(token: Token): readonly string[] {
  if (saysWhen.test(token.text)) return [];
  return meaningsOfToken(token).filter((one) => !isEmpty(one) && !isLight(one));
}

/** What says that something is over is no word of what is so. */
const leaves =
  /^(?:shut|down|closed?|stop(?:s|ped|ping)?|dead|history|retired?|deprecated|removed?|replaced?s?|dropped|killed|ditched|abandoned|expensive|cancell?ed|ended|day|away|moved?|switch(?:ed)?|migrated|swapped|out|left|because|too)$/i;

const saysWhen =
  /^(?:now|nowadays|again|anymore|longer|back|actually|correction|update|today|since|these|days|only|please|everybody|everyone|we|us|going|goes|gone|done|happens?|enough|fine|okay|ok|allowed|mandatory|required|optional|forbidden|don['’]t|doesn['’]t|not|no|never|always|nobody|must|may|can|cannot|should|need|needs|needed|has|have|is|are|was|were|been|favou?r|slipped|slips|handed|kicks?|kicked|transferred|relocated|rebranded|located|reachable|lasts?|long|takes?|over|off|called|i|it|they|does|wrong|what|run|runs|freely|without|grown|grew|shrunk|postponed|rescheduled|delayed|extended|ported|off|on|enabled?s?|disabled?s?)$/i;
