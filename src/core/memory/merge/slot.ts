import { conditionKey } from "../claim/conditions-said.ts";
import type { Statement } from "../statement.ts";
import { meaning } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { partsOf, tokensOf } from "../words/tokens.ts";
import { aloneAmong } from "./alone-among.ts";
import { byCondition } from "./conditions.ts";
import { byRelation } from "./relation.ts";

/** Statements about one thing: the same words beside the value, the same qualifiers, the same scope. */
export interface Slot {
  readonly key: string;
  readonly scope: string;
  readonly strong: ReadonlySet<string>;
  readonly statements: readonly Statement[];
}

/** Phase 3, first half: puts statements together that speak of the same thing in the same words. */
export function slotsOf(statements: readonly Statement[]): readonly Slot[] {
  const groups = new Map<
    string,
    { readonly words: readonly string[]; readonly held: Statement[] }
  >();
  const aloneWords = aloneAmong(statements);
  for (const statement of statements) {
    const alone = aloneWords(statement);
    const words = alone === undefined ? slotWordsOf(statement) : [alone];
    const key = `${statement.scope}\u0000${qualifierKey(statement)}\u0000${words.join(" ")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { words, held: [statement] });
    else group.held.push(statement);
  }
  return [...groups].flatMap(([key, { words, held }]) =>
    byKey(held)
      .flatMap((own) => byRelation(own))
      .flatMap((own, at) => byWeak(at === 0 ? key : `${key}\u0000#${at}`, { words, held: own })),
  );
}

/**
 * Keys that differ in a word on either side are of two things, however little those words say elsewhere: "test command" and "tests
 * counted". What came without a key stays with the one that most have.
 */
function byKey(held: readonly Statement[]): readonly (readonly Statement[])[] {
  const keyed = Map.groupBy(held, ({ observation: { predicate }, claim }) =>
    predicate == null ? "" : wordsOfKey(claim.predicate).toSorted().join(" "),
  );
  const rest = keyed.get("") ?? [];
  keyed.delete("");
  const homes: (readonly [words: readonly string[], own: Statement[]])[] = [];
  const byCount = [...keyed].toSorted(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
  for (const [key, own] of byCount) {
    const words = key.split(" ");
    const home = homes.find(([its]) => isWithin(words, its) || isWithin(its, words));
    if (home === undefined) homes.push([words, [...own]]);
    else home[1].push(...own);
  }
  const [first = [], ...others] = homes.map(([, own]) => own);
  return [[...first, ...rest], ...others];
}

function wordsOfKey(predicate: string): readonly string[] {
  return [...new Set(partsOf(predicate).map((part) => meaning(part.toLowerCase())))];
}

function isWithin(words: readonly string[], others: readonly string[]): boolean {
  return words.every((word) => others.includes(word));
}

function qualifierKey({ qualifiers }: Statement): string {
  return Object.entries(qualifiers)
    .map(([name, value]) => `${name.replaceAll(/[_-]/g, " ")}=${conditionKey(value)}`)
    .join("&");
}

/**
 * What says neither what it is about nor a value of what it names ("now working on web-app") is about nothing that another one
 * is about, too. Where only its subject is known ("search is risky", "search has a password"), what else it says tells: words
 * that say little elsewhere, or all of them.
 */
function slotWordsOf(statement: Statement): readonly string[] {
  const words = wordsOf(statement);
  const { claim, observation, text } = statement;
  const own = new Set(namesIn(statement).flatMap((name) => meaningsOf(name)));
  const isBare = words.every((word) => own.has(word));
  const little = claim.weak.filter((word) => !own.has(word));
  if (isBare && little.length === 0 && (claim.valueKey === "" || words.length === 0))
    return [`"${text.toLowerCase()}"`];
  const isOfKey = observation.predicate != null || isNamed(claim);
  // "is now V" says it of what "is V" says it of; in other words a change is one of whatever it is of.
  const isOther = claim.isChange && little.length === 0 && !isNewNumber(statement);
  if (!isBare || words.length === 0 || isOfKey || isOther) return words;
  return [...words, ...(little.length > 0 ? little : [frameOf(statement)])];
}

/** "max_connections of web is 250": what is said of it has a name. */
function isNamed({ subject, predicate }: Statement["claim"]): boolean {
  return /^[a-z]+(?:[_-][a-z]+)+$/i.test(predicate) && predicate !== subject;
}

function namesIn({ claim, text }: Statement): readonly string[] {
  const rest = claim.value === "" ? text : text.replaceAll(claim.value, " ");
  const names = tokensOf(rest).flatMap(({ kind, text: one }) => (kind === "name" ? [one] : []));
  return [claim.subject, ...names];
}

/** "is now 20", "is 22, not 20": of names and words nobody knows whether they take each other's place. */
function isNewNumber({ text, claim }: Pick<Statement, "claim" | "text">): boolean {
  return /^\W*v?\d/.test(claim.value) && (isNow.test(text) || notOther.test(text));
}

const notOther = /,? (?:and )?not v?\d\S*$/;
const isNow = /\b(is|are|runs|uses|has|needs|takes) now\b/i;

/** All that is said around the value. */
function frameOf({ claim, text }: Pick<Statement, "claim" | "text">): string {
  const isNew = isNewNumber({ text, claim });
  const said = (isNew ? text.replace(isNow, "$1").replace(notOther, "") : text).toLowerCase();
  const value = claim.value.toLowerCase();
  // Where it stands last: "ana" is in "manager", too.
  const at = value === "" ? -1 : said.lastIndexOf(value);
  const rest = at === -1 ? said : `${said.slice(0, at)} ${said.slice(at + value.length)}`;
  return `~${rest.replaceAll(/\W+/g, " ").trim()}`;
}

/** What a qualifier says may also stand in the text: once is enough. */
function wordsOf({ claim, qualifiers }: Statement): readonly string[] {
  const said = new Set(Object.values(qualifiers).flatMap((value) => meaningsOf(value)));
  return claim.strong.filter((word) => !said.has(word));
}

/**
 * "the auth app" and "auth" are one thing unless there is an "auth library", too: words that only name a thing once more
 * part a group when more than one set of them occurs.
 */
function byWeak(
  key: string,
  { words, held }: { readonly words: readonly string[]; readonly held: readonly Statement[] },
): readonly Slot[] {
  const [first] = held;
  if (first === undefined) return [];
  const strong = new Set(words);
  const sets = new Map<string, Statement[]>();
  for (const statement of held) {
    const weak = statement.claim.weak.join(" ");
    const some = sets.get(weak);
    if (some === undefined) sets.set(weak, [statement]);
    else some.push(statement);
  }
  const named = [...sets.keys()].filter((weak) => weak !== "").map((weak) => weak.split(" "));
  const longest = named.toSorted((a, b) => b.length - a.length)[0] ?? [];
  const nested = named.every((one) => one.every((word) => longest.includes(word)));
  const whole = { key, scope: first.scope, strong, statements: held };
  if (nested) {
    const parts = byCondition(held);
    return parts.length < 2
      ? [whole]
      : parts.map(([condition, statements]) => ({
          ...whole,
          key: `${key}\u0000if ${condition}`,
          statements,
        }));
  }
  return [...sets].map(([weak, statements]) => ({
    key: `${key}\u0000${weak}`,
    scope: first.scope,
    strong,
    statements,
  }));
}
