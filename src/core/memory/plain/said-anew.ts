import { narrowing } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { areAlike, areOfOneFamily, areOtherwiseSame, calledBy, isEither } from "./families.ts";
import { isWithin, likeness } from "./likeness.ts";
import type { Sentence } from "./sentence.ts";
import { agree } from "./turned.ts";

/** So much of what both speak of is the same; of values that are known to answer one question, less is enough. */
const likeMin = 0.6;
const familyLikeMin = 0.5;

/** The same is said with another value of the same sort. */
export function isSaidAnew(earlier: Sentence, later: Sentence): boolean {
  if (earlier.places !== later.places || !agree(earlier, later)) return false;
  if (isNarrower(earlier.topic, later.topic) || isNarrower(later.topic, earlier.topic))
    return false;
  const others = later.values.filter(
    (one) => !earlier.values.some(({ key, version }) => key === one.key && version === one.version),
  );
  if (others.length === 0 || earlier.values.length === 0) return false;
  if (isNewVersion(earlier, later)) return true;
  // What each says beside the other is of two things.
  if (!isWithin(earlier.topic, later.topic) && !isWithin(later.topic, earlier.topic)) return false;
  // "Production is in us-east-1" says of production what "Production moved to …" does.
  const like =
    earlier.places !== "" && earlier.topic.size * later.topic.size === 0
      ? earlier.topic.size === later.topic.size
        ? 1
        : familyLikeMin
      : likeness(earlier.topic, later.topic);
  const isSame = like === 1;
  if (isSame && areOfOneFamily(earlier, later) && areOtherwiseSame(earlier, later)) return true;
  if ((later.isFresh || isEither(earlier)) && isOfFamilyAlone(earlier, later)) return true;
  const isTold = later.isFresh
    ? like >= (areOfOneFamily(earlier, later) ? familyLikeMin : likeMin)
    : isSame &&
      (areBoth(earlier, later, ({ isAttribute, topic }) => isAttribute || topic.has("owner")) ||
        areAmountsNeeded(earlier, later));
  return isTold && earlier.values.some((one) => others.some((other) => areAlike(one, other)));
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
function isNewVersion(earlier: Sentence, later: Sentence): boolean {
  const [was, is] = [earlier, later].map(({ values }) =>
    values.find(({ version }) => version !== undefined),
  );
  if (was === undefined || is === undefined || was.key !== is.key || was.version === is.version)
    return false;
  const isOfBoth =
    earlier.topic.size * later.topic.size === 0 ||
    [...earlier.topic].some((word) => later.topic.has(word));
  return later.isFresh
    ? isOfBoth
    : asks.test(earlier.statement.text) && asks.test(later.statement.text);
}

const asks = /\b(?:requires?|needs?|targets?|minimum|at least|or newer|or later)\b/i;

/** "We use npm", "Use pnpm from now on": nothing is said but that, or what such a thing is called. */
function isOfFamilyAlone(earlier: Sentence, later: Sentence): boolean {
  if (!areOfOneFamily(earlier, later) || !areOtherwiseSame(earlier, later)) return false;
  if (later.isFresh && later.topic.size === 0) return true;
  const called = calledBy(earlier);
  return [earlier, later].every(({ topic }) =>
    [...topic].every((word) => called.has(word) || isWeak(word)),
  );
}
