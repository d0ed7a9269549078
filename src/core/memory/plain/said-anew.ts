import { manyVerbs, narrowing } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { knowsAll } from "./accounts.ts";
import { answerTheSame, areAlike, calledBy, isEither, keysOf } from "./families.ts";
import { isWithin, likeness } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";
import { agree } from "./turned.ts";
import type { SentenceValue } from "./values.ts";

/** So much of what both speak of is the same; of values that are known to answer one question, less is enough. */
const likeMin = 0.6;
const familyLikeMin = 0.5;

/** The same is said with another value of the same sort. */
export function isSaidAnew(earlier: Sentence, later: Sentence): boolean {
  if (earlier.places !== later.places || !agree(earlier, later)) return false;
  if (!earlier.isOne || !later.isOne || !knowsAll(earlier, later)) return false;
  if (isNarrower(earlier.topic, later.topic) || isNarrower(later.topic, earlier.topic))
    return false;
  const [was, is] = [differing(earlier, later), differing(later, earlier)];
  if (was === undefined || is === undefined) return false;
  // What each says beside the other is of two things.
  if (!isWithin(earlier.topic, later.topic) && !isWithin(later.topic, earlier.topic)) return false;
  if (isNewVersion({ earlier, later, was, is })) return true;
  if (was.isWhich || is.isWhich || !areAlike(was, is)) return false;
  const isAnswer = answerTheSame(was, is);
  if (isOfSeveral(earlier) && !was.type.startsWith("amount")) return false;
  if (!isAnswer && !areTiedAlike(was, is)) return false;
  // "Bob has admin rights now": so may Alice.
  const isFront = was.tie === "front" && is.tie === "front";
  if (isFront && !earlier.topic.has("owner") && !was.type.startsWith("amount")) return false;
  // "Production is in us-east-1" says of production what "Production moved to …" does.
  const [own, its] = [sizeOf(earlier.topic), sizeOf(later.topic)];
  const like =
    earlier.places !== "" && own * its === 0
      ? own === its
        ? 1
        : familyLikeMin
      : likeness(earlier.topic, later.topic);
  if (like === 1 && isAnswer) return true;
  if ((later.isFresh || isEither(earlier)) && isAnswer && isSaidAlone(earlier, later)) return true;
  if (later.isFresh)
    return like >= (isAnswer ? familyLikeMin : likeMin) && (isAnswer || !isOfUs(later, is));
  return (
    like === 1 &&
    (areBoth(earlier, later, ({ isAttribute, topic }) => isAttribute || topic.has("owner")) ||
      areAmountsNeeded(earlier, later))
  );
}

function sizeOf(topic: ReadonlySet<string>): number {
  return [...topic].filter((word) => !isWeak(word)).length;
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

/** "in Lisbon" is where, "on vacation" is how: another preposition says something else, but where it changed, or is an amount. */
function areTiedAlike(was: SentenceValue, is: SentenceValue): boolean {
  if (was.tie === is.tie || is.tie === "to") return true;
  if (was.type.startsWith("amount") && was.type === is.type) return true;
  return [was.tie, is.tie].every((tie) => /^(?:front|by|is|)$/.test(tie));
}

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
  const isOfBoth = later.topic.size === 0 || likeness(earlier.topic, later.topic) >= likeMin;
  return later.isFresh
    ? isOfBoth
    : asks.test(earlier.statement.text) && asks.test(later.statement.text);
}

const asks = /\b(?:requires?|needs?|targets?|minimum|at least|or newer|or later)\b/i;

/** "We use npm", "Use pnpm from now on": nothing is said but that, or what such a thing is called. */
function isSaidAlone(earlier: Sentence, later: Sentence): boolean {
  if (later.isFresh && later.topic.size === 0) return true;
  const called = calledBy(earlier);
  return [earlier, later].every(({ topic }) =>
    [...topic].every((word) => called.has(word) || isWeak(word)),
  );
}
