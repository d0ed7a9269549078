import { manyVerbs, narrowing, oneNouns } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { isKnownTo, knowsAll } from "./accounts.ts";
import { isChanged } from "./cues.ts";
import { answerTheSame, areAlike, calledBy, isEither, keysOf } from "./families.ts";
import type { Sentence } from "./sentence.ts";
import { agree } from "./turned.ts";
import type { SentenceValue } from "./values.ts";

/** The same is said with another value of the same sort. */
export function isSaidAnew(earlier: Sentence, later: Sentence): boolean {
  if (earlier.places !== later.places || !agree(earlier, later)) return false;
  if (!earlier.isOne || !later.isOne) return false;
  if (!knowsAll(earlier, later) || !isKnownTo(earlier, later)) return false;
  if (isNarrower(earlier.topic, later.topic) || isNarrower(later.topic, earlier.topic))
    return false;
  const [was, is] = [differing(earlier, later), differing(later, earlier)];
  if (was === undefined || is === undefined) return false;
  if (isOfSeveral(earlier) && !was.type.startsWith("amount")) return false;
  if (isNewVersion({ earlier, later, was, is })) return true;
  if (was.isWhich || is.isWhich || !areAlike(was, is)) return false;
  const isAmount = was.type.startsWith("amount");
  if ((earlier.isAny || later.isAny) && !isAmount) return false;
  // "The API is stable now" says nothing against that it is public.
  if (was.type === "word" && !isOfOneNoun(earlier) && !isChanged(later.statement.text))
    return false;
  const isAnswer = answerTheSame(was, is);
  if (!isAnswer && !areTiedAlike(earlier, { was, is })) return false;
  if (!areOthersTied(earlier, later)) return false;
  // "Bob has admin rights now": so may Alice.
  const isFront = was.tie === "front" && is.tie === "front";
  if (isFront && !earlier.topic.has("owner") && !isAmount) return false;
  if (!saysAsMuch(earlier, later)) return false;
  if (later.isFresh) return isAnswer || !isOfUs(later, is);
  return (
    isAnswer ||
    isEither(earlier) ||
    areBoth(earlier, later, ({ isAttribute, topic }) => isAttribute || topic.has("owner")) ||
    areAmountsNeeded(earlier, later)
  );
}

/** Neither says of what, where the other says more; a word for what such a thing is ("package manager") is no more. */
function saysAsMuch(earlier: Sentence, later: Sentence): boolean {
  const called = calledBy(earlier);
  const [own, its] = [earlier, later].map(({ topic }) =>
    [...topic]
      .filter((word) => !isWeak(word) && !called.has(word))
      .toSorted()
      .join(" "),
  );
  const isSaid = own !== "" || earlier.places !== "" || familyOf(earlier);
  return own === its && isSaid;
}

function familyOf({ values }: Sentence): boolean {
  return values.some(({ families }) => families.length > 0);
}

function isOfOneNoun({ topic }: Sentence): boolean {
  return [...topic].some((word) => oneNouns.has(word) || word === "theme");
}

/** What both name stands in both behind the same word: "mails to Ana", "mails from Ana". */
function areOthersTied(earlier: Sentence, later: Sentence): boolean {
  return later.values.every(({ key, tie }) => {
    const same = earlier.values.find((one) => one.key === key);
    return same === undefined || same.tie === tie || same.version !== undefined;
  });
}

/** The one value that the other sentence does not have. */
function differing(one: Sentence, other: Sentence): SentenceValue | undefined {
  const its = keysOf(other);
  const own = one.values.filter(({ key, version = "" }) => !its.includes(`${key} ${version}`));
  return own.length === 1 ? own[0] : undefined;
}

/** "We sell in Asia now": that may be so, too. */
function isOfUs({ statement: { text } }: Sentence, { type, tie }: SentenceValue): boolean {
  return /\bwe\b/i.test(text) && tie !== "to" && !/^(?:amount|day|clock)/.test(type);
}

/** "The API accepts JSON" and "accepts XML now" are both so. */
function isOfSeveral({ words }: Sentence): boolean {
  return [...words].some((word) => manyVerbs.has(word) && !/^(?:use|need|requir|call)/.test(word));
}

/** "in Lisbon" is where, "on vacation" is how: another tie says something else, but where it changed, or is a name for the same. */
function areTiedAlike(
  { topic }: Sentence,
  { was, is }: { readonly was: SentenceValue; readonly is: SentenceValue },
): boolean {
  if (was.tie === is.tie || is.tie === "to") return true;
  if (was.type.startsWith("amount")) {
    const isSpan = topic.has("timeout") || topic.has("retry");
    return [was.tie, is.tie].every((tie) => (isSpan && tie === "after") || plainTie.test(tie));
  }
  return [was.tie, is.tie].every((tie) => /^(?:front|by|is)$/.test(tie));
}

const plainTie = /^(?:is|on|at|of|front|)$/;

function isNarrower(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((word) => !other.has(word) && narrowing.has(word));
}

function areBoth(earlier: Sentence, later: Sentence, test: (one: Sentence) => boolean): boolean {
  return [earlier, later].every((one) => one.values.length === 1 && test(one));
}

/** "A change needs two approvals" */
function areAmountsNeeded(earlier: Sentence, later: Sentence): boolean {
  return areBoth(
    earlier,
    later,
    ({ topic, values, statement }) =>
      topic.size > 0 &&
      values[0]?.type.startsWith("amount") === true &&
      /\b(?:needs?|requires?|takes?|allows?)\b/i.test(statement.text),
  );
}

/** "We're on Postgres 15", "We're on Postgres 17 now". */
function isNewVersion({
  earlier,
  later,
  was,
  is,
}: {
  readonly earlier: Sentence;
  readonly later: Sentence;
  readonly was: SentenceValue;
  readonly is: SentenceValue;
}): boolean {
  if (was.version === undefined || is.version === undefined || was.key !== is.key) return false;
  const isOfBoth = saysAsMuch(earlier, later);
  return later.isFresh
    ? isOfBoth
    : asks.test(earlier.statement.text) && asks.test(later.statement.text);
}

const asks = /\b(?:requires?|needs?|targets?|minimum|at least|or newer|or later)\b/i;
