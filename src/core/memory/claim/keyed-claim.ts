import { redacted } from "../../secrets/redact.ts";
import { lightVerbs, meaning } from "../words/lexicon.ts";
import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { partsOf } from "../words/tokens.ts";
import { isAmountKey, valueKey } from "../words/value-key.ts";
import type { Claim } from "./claim.ts";
import { denies } from "./denial.ts";
import { type Keyed, predicateKey } from "./key-vocabulary.ts";
import { narrowingIn } from "./narrowing.ts";
import { shapeOfPredicate } from "./predicate-shape.ts";

/** Words by what they weigh; when all of them are weak, they are what there is. */
export function strongAndWeak(words: readonly string[]): Pick<Claim, "strong" | "weak"> {
  const all = [...new Set(words)].toSorted();
  const strong = all.filter((word) => !isWeak(word));
  return strong.length > 0
    ? { strong, weak: all.filter((word) => isWeak(word)) }
    : { strong: all, weak: [] };
}

/** The words of a slot: what is said of its subject counts, however little its words say elsewhere. */
export function slotOf(subject: string, said: readonly string[]): Pick<Claim, "strong" | "weak"> {
  return withPredicate(strongAndWeak([...meaningsOf(subject), ...said]), said);
}

/** Beside the words of a slot: its own name, where another key's words mean the same. */
const asMark = "~as ";

/** Beside the words of a slot: the languages that it is offered in are not the language that it is written in. */
const several = "(several)";

/**
 * The claim of an observation that came with a key, which says of what slot. Where the text gave the key, or a part of it, words
 * of the text narrow it.
 */
export function keyedClaim(
  key: Keyed,
  read: Claim,
  { isRead, isApart = false }: { readonly isRead: boolean; readonly isApart?: boolean },
): Claim {
  const predicate = predicateWords(key.predicate);
  const subject = meaningsOf(key.subject);
  // The "test runner" of `web-testing` is not the one of web.
  const twice = subject.filter((word) => predicate.includes(word)).map((word) => `${word} ${word}`);
  const words = [...subject, ...predicate, ...twice];
  const isMany = isManyKey(key);
  const narrow = isRead ? narrowingIn(key).filter((word) => !isPartOf(read.oldKey, word)) : [];
  return {
    ...read,
    subject: key.subject,
    predicate: key.predicate,
    value: key.value,
    valueKey: key.value.includes(redacted) ? "" : valueKey(key.value),
    ...withPredicate(
      strongAndWeak([
        ...words,
        ...narrow,
        ...(isApart ? [`${asMark}${key.predicate.toLowerCase()}`] : []),
        ...(isSeveral(key) ? [several] : []),
      ]),
      predicate,
    ),
    oldKey: read.oldKey === valueKey(key.value) ? "" : read.oldKey,
    // "Don't book Ana on Fridays": what the key says is so.
    isNegated:
      !/^\W*(?:don['’]t|do not|never|avoid)\b/i.test(key.text) && denies(key.text, key.value),
    isMany,
  };
}

/** Verbs that only tie are left out where another word says of what: "runs on port". */
function predicateWords(predicate: string): readonly string[] {
  const words = meaningsOf(predicate);
  const full = words.filter((word) => !lightVerbs.has(word));
  return [...(full.length > 0 ? full : words), ...directionOf(predicate)];
}

/** "on delay" is not "off delay", "allowed license" not "license": in front of a noun these words say which. */
function directionOf(predicate: string): readonly string[] {
  const [first, ...rest] = partsOf(predicate).map((part) => part.toLowerCase());
  const tells =
    /^(?:on|off|in|out|up|down|before|after|old|new|current|next|allowed|accepted|deprecated)$/;
  return first !== undefined && rest.length > 0 && tells.test(first) ? [`~${first}`] : [];
}

/** "instance type" has only words that say little elsewhere; as a key they say what is spoken of. */
function withPredicate(
  { strong, weak }: Pick<Claim, "strong" | "weak">,
  predicate: readonly string[],
): Pick<Claim, "strong" | "weak"> {
  if (predicate.some((word) => strong.includes(word))) return { strong, weak };
  const own = new Set(predicate);
  return {
    strong: [...new Set([...strong, ...own])].toSorted(),
    weak: weak.filter((word) => !own.has(word)),
  };
}

function isPartOf(old: string, word: string): boolean {
  return old !== "" && partsOf(old).some((part) => meaning(part) === word);
}

/** A noun in the plural at its head, or a verb that takes many objects: "maintainers", "languages offered", "depends on". */
function isManyKey({ predicate, value }: Keyed): boolean {
  const key = valueKey(value);
  if (isAmountKey(key) || key.startsWith("flag ")) return false;
  const { isPlural, isVerbal, room } = shapeOfPredicate(predicate);
  return isPlural || room === "many" || (room === undefined && isVerbal);
}

/** "source maps: off" is said of what "source maps: inline" is said of; how many retries there are is said of one number. */
function isSeveral({ predicate, value }: Keyed): boolean {
  return shapeOfPredicate(predicate).isPlural && !isAmountKey(valueKey(value));
}

/** What a key says of its subject, one and several apart: an owner is no maintainer among others. */
export function roomName({ predicate, strong }: Pick<Claim, "predicate" | "strong">): string {
  const own = strong.find((word) => word.startsWith(asMark));
  if (own !== undefined) return `key ${own}`;
  const { isPlural, words } = shapeOfPredicate(predicate);
  // What it "runs on" and what it "runs at" are two things.
  const open = /^(?:on|in|at|by|to|with|from)$/.exec(words.at(-1) ?? "")?.[0] ?? "";
  const name = [...directionOf(predicate), predicateKey(predicate)].join(" ");
  return `key ${isPlural ? "many " : ""}${name} ${open}`.trim();
}
