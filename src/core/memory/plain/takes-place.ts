import { byHand } from "../../../model/memory-observation.ts";
import { userEvidence } from "../evidence.ts";
import { skeletonOf } from "../prose/happened.ts";
import type { Statement } from "../statement.ts";
import { familiesIn } from "./families.ts";
import { isNamedOld } from "./named-old.ts";
import { isSaidAnew } from "./said-anew.ts";
import { saysTheSame } from "./says-the-same.ts";
import { type Sentence, sentenceOf } from "./sentence.ts";
import { isTurned } from "./turned.ts";

/** What plain sentences say of each other. */
export interface Plainly {
  /** By what is over, what took its place. */
  readonly taken: ReadonlyMap<Statement, Statement>;
  /** Pairs that say the same, the earlier one first. */
  readonly same: readonly (readonly [Statement, Statement])[];
}

/**
 * Which statements are over, by which later one: what names them as gone ("We dropped Jest in favour of Vitest"), says anew what they say
 * with another value ("The API listens on 4000 now"), or takes back what they allow or ask for. Only sentences without keys, in pairs;
 * where it is not sure, both stay.
 */
export function takesPlace(statements: readonly Statement[]): Plainly {
  const said = statements.flatMap((one) => sentenceOf(one) ?? []);
  // What is said time after time of other things is how somebody talks.
  const ways = Map.groupBy(said, ({ statement }) => skeletonOf(statement.text));
  const sentences = said.filter(
    ({ statement }) =>
      statement.observation.session === byHand ||
      (ways.get(skeletonOf(statement.text))?.length ?? 0) < usualMin,
  );
  const byWord = new Map<string, Sentence[]>();
  for (const one of sentences)
    for (const word of [...one.said, ...familiesIn(one)]) {
      const held = byWord.get(word);
      if (held === undefined) byWord.set(word, [one]);
      else held.push(one);
    }
  const taken = new Map<Statement, Statement>();
  const same: (readonly [Statement, Statement])[] = [];
  const ordered = sentences.toSorted(
    (a, b) =>
      a.statement.time - b.statement.time ||
      a.statement.observation.seq - b.statement.observation.seq,
  );
  for (const later of ordered) {
    if (later.statement.evidence < userEvidence) continue;
    const near = new Set(
      [...later.said, ...familiesIn(later), ...later.olds.flatMap((words) => [...words])].flatMap(
        (word) => {
          const held = byWord.get(word) ?? [];
          return held.length > commonMax ? [] : held;
        },
      ),
    );
    for (const earlier of near) {
      if (!isBefore(earlier, later)) continue;
      if (isOver(earlier, later)) taken.set(earlier.statement, later.statement);
      else if (!earlier.isUnreal && !later.isUnreal && saysTheSame(earlier, later))
        same.push([earlier.statement, later.statement]);
    }
  }
  return { taken, same };
}

const usualMin = 4;
/** A word of more sentences says too little. */
const commonMax = 60;

function isBefore({ statement: a }: Sentence, { statement: b }: Sentence): boolean {
  return (
    a !== b &&
    a.scope === b.scope &&
    b.evidence >= a.evidence &&
    (a.time < b.time ||
      (a.time === b.time &&
        a.observation.session === b.observation.session &&
        a.observation.seq < b.observation.seq))
  );
}

function isOver(earlier: Sentence, later: Sentence): boolean {
  if (later.isMore || later.isUnreal) return false;
  return isNamedOld(earlier, later) || isTurned(earlier, later) || isSaidAnew(earlier, later);
}
