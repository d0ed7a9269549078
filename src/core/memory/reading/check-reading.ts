import type { ReadKey } from "../../../model/memory-reading.ts";
import { instructs } from "../safety/instructs.ts";
import { isEmpty, meaningsOf } from "../words/meanings-of.ts";
import { partsOf } from "../words/tokens.ts";

const predicateWordsMax = 6;
const qualifiersMax = 4;
const plainName = /^[\p{L}][\p{L}\p{N} _./-]*$/u;

/**
 * Why a model's reading of a text is not taken; undefined when it may be. What it names has to stand in the text, so that nothing
 * of another text, and nothing invented, becomes a key; only the name of what is said is the model's own, and that is short and
 * tells nobody what to do. Whether it is the right one, other keys tell (`claim/check-key.ts`).
 */
export function whyNotRead(text: string, key: ReadKey): string | undefined {
  const { subject, predicate, value, old, qualifiers = {} } = key;
  if (!namesSomething(subject)) return "its subject names nothing";
  if (!hasParts(text, subject)) return "its subject is not in the text";
  if (!stands(text, value)) return "its value is not in the text";
  if (isAlike(value, subject)) return "its value is its subject";
  if (old !== undefined && !stands(text, old)) return "its value before is not in the text";
  if (old !== undefined && isAlike(old, value)) return "its value before is its value";
  if (!isName(predicate)) return "its predicate is no short name";
  const conditions = Object.entries(qualifiers);
  if (conditions.length > qualifiersMax) return "it has too many qualifiers";
  if (conditions.some(([name, held]) => !isName(name) || !stands(text, held)))
    return "a qualifier is not in the text";
  return undefined;
}

/** "it" and "the value" are what any text is about. */
function namesSomething(subject: string): boolean {
  return meaningsOf(subject).some((word) => !isEmpty(word) && !word.startsWith("#"));
}

function isName(name: string): boolean {
  const words = partsOf(name);
  return (
    plainName.test(name) &&
    words.length <= predicateWordsMax &&
    meaningsOf(name).length > 0 &&
    instructs(name, "model") === undefined
  );
}

function isAlike(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

/** As it is written but for white space and capitals, and not as a part of another word or number: `80` is not in `8080`. */
function stands(text: string, part: string): boolean {
  const [whole, wanted] = [plain(text), plain(part)];
  for (let at = whole.indexOf(wanted); at !== -1; at = whole.indexOf(wanted, at + 1)) {
    const [before, after] = [whole[at - 1] ?? " ", whole[at + wanted.length] ?? " "];
    const isInNumber = /^\d/.test(wanted) && /\d[.,]$/.test(whole.slice(0, at));
    const goesOnAsNumber = /\d$/.test(wanted) && /^[.,]\d/.test(whole.slice(at + wanted.length));
    if (!joins(wanted[0], before) && !joins(wanted.at(-1), after) && !isInNumber && !goesOnAsNumber)
      return true;
  }
  return false;
}

function joins(own: string | undefined, next: string): boolean {
  return /[\p{L}\p{N}_]/u.test(own ?? "") && /[\p{L}\p{N}_]/u.test(next);
}

/** Whether its words stand in the text one behind the other: `auth-service` is in "the auth service". */
function hasParts(text: string, name: string): boolean {
  const [all, wanted] = [partsOf(text), partsOf(name)].map((parts) =>
    parts.map((part) => part.toLowerCase()),
  );
  if (all === undefined || wanted === undefined || wanted.length === 0) return false;
  return all.some((_, at) => wanted.every((part, index) => all[at + index] === part));
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
