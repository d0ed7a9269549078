import { redacted } from "../../secrets/redact.ts";
import { toldInForm } from "../claim/named-form.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { findNames } from "./find-names.ts";
import { rootOf } from "./root.ts";
import { type Known, takeApart } from "./take-apart.ts";
import type { Told } from "./told.ts";

/** Takes all sentences apart that came without a key. Twice: the first time teaches which words are values and names. */
export function readTold(statements: readonly Statement[]): readonly Told[] {
  const plain = statements.filter((one) => isPlain(one));
  const texts = [...new Set(plain.map(({ text }) => stripStatement(text).text))].toSorted();
  const given = statements.flatMap(({ observation: { subject } }) => subject ?? []);
  const subjects = findNames(texts, [...new Set([...given, ...calledIn(texts)])].toSorted());
  const first = plain.flatMap(
    (one) => takeApart(one, { subjects, values: new Set(), nameRoots: new Set() }) ?? [],
  );
  const known: Known = {
    subjects,
    values: valuesIn(first),
    nameRoots: new Set(first.flatMap(({ name }) => name ?? [])),
  };
  const again = plain.flatMap((one) => (one.isLearned ? [] : (takeApart(one, known) ?? [])));
  return [...first.filter(({ slot }) => slot !== undefined), ...again];
}

/** So many things have to be called by one name, or so much said of one thing by name. */
const calledMin = 2;

/** What sentences speak of by their form alone, of however many words: "the region of the canary pipeline is V". */
function calledIn(texts: readonly string[]): readonly string[] {
  const said = texts.flatMap((text) => toldInForm(text) ?? []);
  const byName = Map.groupBy(said, ({ name }) => name.toLowerCase());
  const isUsual = (name: string): boolean =>
    new Set(byName.get(name.toLowerCase())?.map(({ subject }) => subject.toLowerCase())).size >=
    calledMin;
  return [...Map.groupBy(said, ({ subject }) => subject.toLowerCase()).values()].flatMap((held) =>
    held.length < calledMin && !held.some(({ name }) => isUsual(name))
      ? []
      : held.slice(0, 1).map(({ subject }) => subject),
  );
}

/** What comes on top of others, happened once, has lost a secret, is vague or dangerous is read as it was before. */
function isPlain({
  observation,
  claim,
  isVague,
  isAside,
  isOnce,
  danger,
  text,
}: Statement): boolean {
  return (
    (observation.isTold === true ||
      (observation.subject ?? observation.predicate ?? observation.value) == null) &&
    !isVague &&
    !isAside &&
    !isOnce &&
    danger === undefined &&
    !text.includes(redacted) &&
    (claim.isChange || !(claim.isMore || /\bamong\b/i.test(text)))
  );
}

/** Only where a sentence says plainly what its value is; none that is oftener a word of what is said. */
function valuesIn(told: readonly Told[]): ReadonlySet<string> {
  const words = new Map<string, number>();
  for (const root of told.flatMap(({ roots }) => roots))
    words.set(root, (words.get(root) ?? 0) + 1);
  const values = new Map<string, number>();
  for (const key of told.flatMap((one) => plainValues(one)))
    values.set(key, (values.get(key) ?? 0) + 1);
  return new Set(
    [...values].flatMap(([key, count]) => {
      const most = Math.max(...key.split(" ").map((word) => words.get(rootOf(word)) ?? 0));
      return most > count ? [] : [key];
    }),
  );
}

function plainValues({ name, value, oldKey, statement }: Told): readonly string[] {
  if (value === undefined || value.key.split(" ").length > 3) return [];
  const isMoved = oldKey !== "" && statement.claim.isChange;
  return name === undefined && !isMoved
    ? []
    : [value.key, ...(isMoved ? [oldKey] : [])].filter((key) => key !== "");
}
