import { stripStatement } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { conditions, meaning } from "../words/lexicon.ts";
import { isAmountKey, valueKindOf } from "../words/value-key.ts";
import { disjointSets } from "./disjoint-sets.ts";
import { parted } from "./parted.ts";

type Said = Pick<Statement, "text" | "claim" | "observation">;

/**
 * What was put together without keys, apart by what it holds under and by what sort of value it has: what is so in CI is not so on
 * developers' machines; that a log "may grow to 10 MB" is no level, and "2.13.1" is no count of connections, whatever words they share.
 */
export function apart<T extends Said>(held: readonly T[]): readonly (readonly T[])[] {
  const isKeyed = held.some(
    ({ observation: { subject, predicate, value, isTold } }) =>
      isTold !== true && (subject ?? predicate ?? value) != null,
  );
  if (isKeyed || held.length < 2) return [held];
  return parted(withOneForm(held), namesIn)
    .flatMap((own) => parted(own, placesIn))
    .flatMap((own) => bySort(own));
}

/** "runs with 9 replicas" and "its replica count is 9", "owned by Team Badger" and "by Badger": the same value, with its noun or without. */
function withOneForm<T extends Said>(held: readonly T[]): readonly T[] {
  const keys = [...new Set(held.map(({ claim }) => claim.valueKey))];
  const forms = new Map(
    keys.flatMap((key) => {
      const longer = bare.test(key) ? keys.filter((one) => isWithNoun(one, key)) : [];
      return longer.length === 1 ? [[key, longer[0] ?? key] as const] : [];
    }),
  );
  return held.map((one) => {
    const valueKey = forms.get(one.claim.valueKey);
    return valueKey === undefined ? one : { ...one, claim: { ...one.claim, valueKey } };
  });
}

/** A number, or one word. */
const bare = /^(?:[<>=~^]*\d+|[a-z][\w-]*)$/;
const noun =
  /^(?:team|squad|group|guild|crew|tribe|chapter) | (?:team|squad|group|guild|crew|tribe|chapter)$/;

function isWithNoun(longer: string, key: string): boolean {
  if (/\d$/.test(key)) return longer.startsWith(`${key} `) && !/ (?:ms|bytes|%)$/.test(longer);
  return longer !== key && longer.replace(noun, "") === key;
}

/**
 * "the experiment [exp-new-nav] is active", "has an index on [operator_ref]": a value in plain words is said of what is named beside it.
 * Behind it, words with hyphens only say more of it ("keycloak, self-hosted").
 */
function namesIn({ text, claim }: Said): string {
  if (!/^[a-z]+(?: [a-z]+){0,3}$/.test(claim.valueKey)) return "";
  const own = claim.subject.toLowerCase();
  const said = stripStatement(text).text.toLowerCase();
  const at = said.lastIndexOf(claim.value.toLowerCase());
  const namesOf = (part: string, name: RegExp): readonly string[] =>
    part
      .split(/[\s"'`,;()]+|:(?=\s)/)
      .filter((word) => name.test(word) && !own.includes(word) && !word.includes(claim.valueKey));
  const names = [
    ...namesOf(said.slice(0, Math.max(0, at)), /^[a-z\d]+(?:[-_.:/@]+[a-z\d]+)+$/),
    ...namesOf(said.slice(Math.max(0, at)), /^[a-z\d]+(?:[-.][a-z\d]+)*(?:[_:/@]+[a-z\d.-]+)+$/),
  ];
  return names.length === 1 ? (names[0] ?? "") : "";
}

/** What says that it changed is said of whatever there is; what is said in the very same words is of one sort, whatever that looks like. */
function bySort<T extends Said>(held: readonly T[]): readonly (readonly T[])[] {
  const at = new Map(held.map((one, index) => [one, index]));
  const sorts = disjointSets(held.length);
  const told = held.filter((one) => !isOpen(one));
  for (const kindOf of [frameOf, sortOf])
    for (const [first, ...others] of Map.groupBy(told, kindOf).values())
      for (const other of others) sorts.join(at.get(first as T) ?? 0, at.get(other) ?? 0);
  return parted(held, (one) => (isOpen(one) ? "" : `${sorts.rootOf(at.get(one) ?? 0)}`));
}

/** All that is said around the value. */
function frameOf({ text, claim }: Said): string {
  const said = stripStatement(text).text.toLowerCase();
  const at = said.lastIndexOf(claim.value.toLowerCase());
  return at === -1
    ? said
    : `${said.slice(0, at).replace(/\b(?:an?|the) ["'`]?$/, "")}\u0000${said.slice(at + claim.value.length)}`;
}

/** A number alone, a switch, and a word for none, all or how often may stand for an amount of any sort. */
const ofAnySort =
  /^(?:[<>=~^]*\d+$|flag |(?:no|none|never|unlimited|forever|infinite|default|auto|every|each|once|twice|hourly|daily|nightly|weekly|monthly|quarterly|yearly)\b)|^$/;

function isOpen({ claim }: Said): boolean {
  return claim.oldKey !== "" || claim.isNegated || claim.isChange || ofAnySort.test(claim.valueKey);
}

function sortOf({ claim: { value, valueKey } }: Said): string {
  const kind = valueKindOf(value);
  if (kind === "duration" || kind === "size" || kind === "version") return kind;
  return isAmountKey(valueKey) ? "amount" : "";
}

/** "branch next", "tenant borealis", "the 4.x line", "in harbour mode"; "In Leeds, …", "… in Tampere": what a statement may be narrowed to. */
const named: readonly RegExp[] = [
  /\b(?<noun>branch|tenant|region|zone|plan|tier|customer) ["'`]?(?!(?:is|are|was|of|for|that|in|to|as|has)\b)(?<name>[\w./-]*\w)/gi,
  /(?<![\w.])v?(?<name>\d+(?:\.\d+)*\.x)\b/gi,
  /\b(?<name>[\w-]+) mode\b/gi,
  /^(?:[Ii]n|[Aa]t|[Ff]or) (?<name>\p{Lu}[\p{L}-]+), /gu,
  / (?:in|at|for) (?<name>\p{Lu}[\p{L}-]+)[.!]?$/gu,
];
const elsewhere: readonly (readonly [place: string, said: RegExp])[] = [
  ["ci", /\b(?:in|on|under) (?:the )?ci\b/i],
  [
    "local",
    /\blocally\b|\bon (?:(?:my|your|our|a|every|the) )?(?:local|dev|developer)['’s]* (?:machine|laptop|box)/i,
  ],
  ["except", /\b(?:except|other than|but not|unless)\b/i],
];

/** What a statement is narrowed to, beside what it is about and what it says of that. */
function placesIn({ text, claim }: Said): string {
  const own = `${claim.subject} ${claim.value}`.toLowerCase();
  const predicate = claim.predicate.toLowerCase();
  const said = text.replaceAll(claim.value === "" ? "\u0000" : claim.value, " ");
  const places = [
    ...named
      .flatMap((way) => [...said.matchAll(way)])
      .flatMap(({ groups }) => {
        const of = groups?.["noun"]?.toLowerCase();
        return of !== undefined && predicate.includes(of)
          ? []
          : [(groups?.["name"] ?? "").toLowerCase()];
      }),
    ...said
      .toLowerCase()
      .split(/[^\p{L}\d_]+/u)
      .map((word) => meaning(word))
      .filter((word) => conditions.has(word)),
    ...elsewhere.flatMap(([place, way]) => (way.test(said) ? [place] : [])),
  ];
  return [...new Set(places.filter((place) => !own.includes(place)))].toSorted().join(" ");
}
