import { userEvidence } from "../evidence.ts";
import type { Statement } from "../statement.ts";
import { familiesIn } from "./families.ts";
import { isNamedOld } from "./named-old.ts";
import { isSaidAnew } from "./said-anew.ts";
import { type Sentence, sentenceOf } from "./sentence.ts";
import { isTurned } from "./turned.ts";

/**
 * Which statements are over, by which later one of a person: what names them as gone ("We dropped Jest in favour of Vitest"), says anew
 * what they say with another value ("The API listens on 4000 now"), or takes back what they allow or ask for. Only sentences without
 * keys, in pairs; where it is not sure, both stay.
 */
export function takesPlace(statements: readonly Statement[]): ReadonlyMap<Statement, Statement> {
  const sentences = statements
    .flatMap((one) => sentenceOf(one) ?? [])
    .toSorted((a, b) => byTime(a.statement, b.statement));
  const near = nearBy(sentences);
  const taken = new Map<Statement, Statement>();
  for (const later of sentences) {
    if (later.statement.evidence < userEvidence || later.isMore || later.isUnreal) continue;
    for (const earlier of near(later)) {
      const isBefore = earlier !== later && byTime(earlier.statement, later.statement) < 0;
      if (isBefore && earlier.statement.scope === later.statement.scope && isOver(earlier, later))
        taken.set(earlier.statement, later.statement);
    }
  }
  return taken;
}

function isOver(earlier: Sentence, later: Sentence): boolean {
  return isNamedOld(earlier, later) || isTurned(earlier, later) || isSaidAnew(earlier, later);
}

/** What others than people say is looked at as long as a word is in no more sentences of theirs: nobody can talk a person's words away. */
const othersMax = 60;

/** Sentences that have a word, or a well-known sort of value, in common with one. */
function nearBy(sentences: readonly Sentence[]): (one: Sentence) => ReadonlySet<Sentence> {
  const people = new Map<string, Sentence[]>();
  const others = new Map<string, Sentence[]>();
  for (const one of sentences) {
    const byWord = one.statement.evidence < userEvidence ? others : people;
    for (const word of [...one.said, ...familiesIn(one)]) {
      const held = byWord.get(word);
      if (held === undefined) byWord.set(word, [one]);
      else held.push(one);
    }
  }
  return (one) =>
    new Set(
      [...one.said, ...familiesIn(one), ...one.olds.flatMap((words) => [...words])].flatMap(
        (word) => {
          const theirs = others.get(word) ?? [];
          return [...(people.get(word) ?? []), ...(theirs.length > othersMax ? [] : theirs)];
        },
      ),
    );
}

/** Of one moment only the lines of one session have an order. */
function byTime(a: Statement, b: Statement): number {
  const [one, other] = [a.observation, b.observation];
  return a.time - b.time || (one.session === other.session ? one.seq - other.seq : 0);
}
