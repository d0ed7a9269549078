import { meanings } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { type Keyed, predicateKey } from "./key-vocabulary.ts";
import { strongAndWeak } from "./keyed-claim.ts";

/** So many things must have both. */
const subjectsMin = 2;
/** So many values each must have had: what had one may have got the other's as its next. */
const valuesMin = 2;
/** One thing is enough where each has so many values and none of the other's. */
const surelyMin = 3;
/** Words that mean nearly the same, and that many keep apart; "db" and "database" are two spellings. */
const nearly = meanings("owner deploy port");

interface Used {
  readonly bySubject: ReadonlyMap<string, ReadonlySet<string>>;
  readonly all: ReadonlySet<string>;
}

/**
 * Predicates whose words mean the same, and which are two all the same: things have both, and never with a value of the other's
 * ("hosting" and "deploy tool"). Of what means only nearly the same ("owner", "maintainer") it is enough that no thing has one value
 * of both. Two spellings of one have the same values.
 */
export function keysApart(keyed: readonly Keyed[]): ReadonlySet<string> {
  const alike = Map.groupBy(keyed, ({ predicate }) =>
    strongAndWeak(meaningsOf(predicateKey(predicate))).strong.join(" "),
  );
  return new Set([...alike].flatMap(([words, held]) => apartIn(held, nearly.has(words))));
}

function apartIn(keyed: readonly Keyed[], isNearly: boolean): readonly string[] {
  const names = [...Map.groupBy(keyed, ({ predicate }) => predicate)].map(
    ([name, said]) => [name, usedIn(said)] as const,
  );
  return names.flatMap(([name, one]) =>
    names.some(([other, its]) => other !== name && areTwo(one, its, isNearly)) ? [name] : [],
  );
}

function usedIn(said: readonly Keyed[]): Used {
  const bySubject = Map.groupBy(said, ({ subject }) => subject.toLowerCase());
  return {
    bySubject: new Map(
      [...bySubject].map(([subject, held]) => [
        subject,
        new Set(held.map(({ value }) => valueKey(value))),
      ]),
    ),
    all: new Set(said.map(({ value }) => valueKey(value))),
  };
}

function areTwo(one: Used, its: Used, isNearly: boolean): boolean {
  const both = [...one.bySubject].flatMap(([subject, values]) => {
    const others = its.bySubject.get(subject);
    return others === undefined ? [] : [areApart(values, others)];
  });
  const fewest = Math.min(one.all.size, its.all.size);
  const isSure = fewest >= valuesMin && areApart(one.all, its.all);
  if (!both.every(Boolean)) return false;
  return both.length >= subjectsMin
    ? isNearly || isSure
    : both.length > 0 && isSure && fewest >= surelyMin;
}

function areApart(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return ![...one].some((value) => other.has(value));
}
