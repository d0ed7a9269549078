import type { Observation } from "../../model/memory-observation.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { absoluteDates } from "./absolute-dates.ts";
import { learnAttributes } from "./attributes/learn-attributes.ts";
import { attributeReader } from "./attributes/read-attribute.ts";
import { besideKeys } from "./claim/beside-keys.ts";
import { keyChecker } from "./claim/check-key.ts";
import { keyOf, type Learned } from "./claim/claim-of.ts";
import { namingOf } from "./claim/conditions-said.ts";
import { guess, learnFraming } from "./claim/framing.ts";
import { type Keyed, learnKeys } from "./claim/key-vocabulary.ts";
import { keysApart } from "./claim/keys-apart.ts";
import { withoutKindWords } from "./claim/kind-words.ts";
import { inOneSpelling } from "./claim/one-spelling.ts";
import { byOwnNames } from "./claim/other-names.ts";
import { readClaim } from "./claim/read-claim.ts";
import { inOneWord } from "./claim/spaced-names.ts";
import { stripStatement } from "./claim/strip-statement.ts";
import { learnForms } from "./frames/learn-forms.ts";
import { withToldKeys } from "./keys-in-words/told-keys.ts";
import { qualifiersOf } from "./qualifiers-of.ts";
import type { KeyedObservation } from "./reading/readings-in.ts";
import { countsOf } from "./safety/counts.ts";
import { judgingOnce } from "./safety/instructs.ts";
import { saysNothing } from "./safety/says-nothing.ts";
import { type Statement, statementOf } from "./statement.ts";

export interface ReadObservations {
  readonly statements: readonly Statement[];
  /** Those that tell only how a session went. */
  readonly nothing: number;
  readonly corrected: number;
}

/** Phase 2: reads all observations. Keys are checked against what all of them teach, so all have to be there. */
export function readObservations(
  observations: readonly KeyedObservation[],
  /** What a person accepted, or an agent made use of, is kept however often its like was said. */
  isProven: (observation: Observation) => boolean,
): ReadObservations {
  // Nothing from outside teaches what is only a frame, or is heard without its own.
  const inside = observations.filter(({ origin }) => origin !== "external");
  const texts = inside.map(({ text }) => text);
  const people = inside.flatMap(({ origin, text }) => (origin === "user" ? [text] : []));
  const [byPeople, byOthers] = [learnFraming(texts, people), learnFraming(texts)];
  const unframed = ({ origin, text }: Observation): string =>
    origin === "external" ? text : origin === "user" ? byPeople(text) : byOthers(text);
  const telling = observations.flatMap((one) => {
    const { text: whole } = one;
    const said = { ...one, text: unframed(one) };
    return saysNothing(said) ? [] : [{ whole, said }];
  });
  const withNames = inOneWord(
    telling.flatMap(({ whole, said }) => (said.origin === "external" ? [] : [whole])),
  );
  const named = inOneSpelling(telling.map(({ said }) => said)).map((one) => ({
    ...one,
    text: withNames(one.text),
  }));
  const withoutKind = withoutKindWords(
    named.flatMap(({ origin, text }) => (origin === "external" ? [] : [text])),
  );
  const heard = byOwnNames(
    named.map((one) => (hasKey(one) ? one : { ...one, text: withoutKind(one.text) })),
  );
  const keyed = heard.flatMap((one) => keyOf(one) ?? []);
  const vocabulary = learnKeys(keyed);
  const checkKey = keyChecker(keyed, vocabulary);
  const isAside = besideKeys(heard);
  const asides = new Set(heard.filter((one) => isAside(one)));
  const naming = namingOf(heard);
  const told = withToldKeys(heard, (one) => asides.has(one), naming);
  const learned = { vocabulary, checkKey, naming, apart: keysApart(keyed), ...waysIn(told, keyed) };
  const judge = judgingOnce();
  const statements: Statement[] = [];
  for (const [at, one] of told.entries()) {
    const { whole, said } = telling[at] ?? { whole: one.text, said: one };
    const bare = said.text.replace(guess, "");
    const beside = heard[at];
    const isBeside = beside !== undefined && asides.has(beside);
    statements.push(statementOf(one, { whole, bare, isBeside, judge }, learned));
  }
  const counts = new Set(
    [...countsOf(statements)].filter(({ observation }) => !isProven(observation)),
  );
  return {
    statements: statements.filter((one) => !counts.has(one)),
    nothing: observations.length - telling.length + counts.size,
    corrected: statements.filter(({ isCorrected }) => isCorrected).length,
  };
}

function hasKey({ subject, predicate, value }: Observation): boolean {
  return (subject ?? predicate ?? value) != null;
}

function waysIn(
  observations: readonly Observation[],
  keyed: readonly Keyed[],
): Omit<Learned, "vocabulary" | "checkKey" | "naming" | "apart"> {
  const texts = observations.map((one) => {
    const dated = absoluteDates(one.text, one.at, one.value ?? "");
    return { one, dated, stripped: stripStatement(dated) };
  });
  const readAttribute = attributeReader(
    learnAttributes(
      texts.map(({ stripped }) => stripped.text),
      keyed,
    ),
  );
  const samples = texts.map(({ one, dated, stripped: { text, isChange } }) => {
    const told = readAttribute(text, readClaim(dated).oldKey);
    return {
      text,
      time: timeOf(one.at),
      isChange,
      predicate: one.predicate ?? (told?.isKey === true ? told.predicate : undefined),
      attribute: told?.predicate,
      qualifiers: qualifiersOf(one),
    };
  });
  const known = observations.flatMap((one) => (one.predicate == null ? [] : (one.subject ?? [])));
  return { ...learnForms(samples, [...new Set(known)]), readAttribute };
}
