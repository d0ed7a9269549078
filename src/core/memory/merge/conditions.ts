import { prepositions } from "../claim/spans.ts";
import { withoutSource } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { meaning } from "../words/lexicon.ts";
import { isEmpty, meaningsOf } from "../words/meanings-of.ts";
import { tokensOf, withDigits } from "../words/tokens.ts";
import { valueKey } from "../words/value-key.ts";

/** More statements of one slot than this are not compared with each other, only with the first ones. */
const comparedMax = 24;
/** Longest condition, in words. */
const conditionMax = 4;

/**
 * Statements of one slot that say the same sentence with one part of it exchanged ("during launch week", "during the summer
 * event") say what holds under different conditions, whatever those are. Gives the statements of each condition; those
 * without one stand together.
 */
export function byCondition(
  statements: readonly Statement[],
): readonly (readonly [condition: string, statements: readonly Statement[]])[] {
  if (statements.length < 2) return [["", statements]];
  const words = statements.map((one) => wordsOf(one));
  const first = words.slice(0, comparedMax);
  const values = new Set(statements.flatMap(({ claim }) => [claim.valueKey, claim.oldKey]));
  // "of the kiosk project is" and "of kiosk was set to" are two ways to speak of one thing, and no condition.
  const subjects = statements.map((one) => nameIn(one));
  const conditionOf = (own: readonly string[], one: Statement): string => {
    const { claim, text } = one;
    const subject = nameIn(one);
    const isUnsaid = isUnnamed(one);
    for (const other of first) {
      const part = exchanged(own, other);
      const isSubject = subjects.some((its) => names(part, its)) || isShortFor(part, subject);
      // What has a key and does not say its name calls it by another one where others say it.
      const isOther = isUnsaid && names(exchanged(other, own), subject);
      const isValue = values.has(valueKey(part)) || isSuchAmount(part, claim.value, text);
      if (part !== "" && !isSubject && !isOther && !isValue && !isQualifier(part, one)) return part;
    }
    return "";
  };
  return [...Map.groupBy(statements, (one, at) => conditionOf(words[at] ?? [], one))];
}

/** "on branch 3.9", "on the 3.9 branch": what its qualifiers say is said. */
function isQualifier(part: string, { qualifiers }: Statement): boolean {
  const said = new Set(
    Object.entries(qualifiers)
      .flat()
      .flatMap((one) => meaningsOf(one)),
  );
  return said.size > 0 && meaningsOf(part).every((word) => said.has(word) || isEmpty(word));
}

function nameIn({ claim }: Statement): readonly string[] {
  return meaningsOf(claim.subject.replace(kindOfSubject, ""));
}

function isUnnamed({ observation: { subject }, text }: Statement): boolean {
  const said = meaningsOf(text);
  return subject != null && !meaningsOf(subject).some((word) => said.includes(word));
}

/** "queue:webhooks" is a queue, whatever that is called in a sentence. */
const kindOfSubject = /^[a-z]+:(?=[\w-])/i;

function names(part: string, subject: readonly string[]): boolean {
  const said = meaningsOf(part);
  return subject.length > 0 && subject.every((word) => said.includes(word));
}

/** "kafka-main" is the kafka-main cluster. */
function isShortFor(part: string, subject: readonly string[]): boolean {
  const said = meaningsOf(part);
  return said.length > 1 && said.every((word) => subject.includes(word));
}

/** "changed from 60 metres to 80 metres": an amount of the same unit is a value, too. */
function isSuchAmount(part: string, given: string, text: string): boolean {
  const unit = given.replace(/^[\d.,]+\s*/, "").toLowerCase();
  if (unit === "" || unit === given.toLowerCase() || !/^[\d.,]+/.test(part)) return false;
  const own = part.replace(/^[\d.,]+\s*/, "");
  return own === unit || (own === "" && text.toLowerCase().includes(`${part} ${unit}`));
}

const value = "\u0000";

/** The words of a statement, its value as one mark. */
function wordsOf({ text, claim }: Statement): readonly string[] {
  const plain = claim.value.toLowerCase();
  const lower = withDigits(withoutSource(text)).toLowerCase();
  const at = plain === "" ? -1 : lower.lastIndexOf(plain);
  if (at === -1) return [];
  return [...textsOf(lower.slice(0, at)), value, ...textsOf(lower.slice(at + plain.length))];
}

function textsOf(text: string): readonly string[] {
  return tokensOf(text).map((token) => token.text);
}

/** What stands in `words` where `other` has something else, when that is a part behind a preposition; else nothing. */
function exchanged(words: readonly string[], other: readonly string[]): string {
  let start = 0;
  while (start < words.length && words[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(words.length, other.length) - start &&
    words.at(-1 - end) === other.at(-1 - end)
  )
    end += 1;
  const [own, its] = [
    words.slice(start, words.length - end),
    other.slice(start, other.length - end),
  ];
  if (own.length === 0 || its.length === 0 || own.includes(value) || its.includes(value)) return "";
  if (own.length > conditionMax || its.length > conditionMax || start + end < 3) return "";
  const before = /^(?:the|a|an)$/.test(words[start - 1] ?? "")
    ? words[start - 2]
    : words[start - 1];
  // "our client" is the client, and no other one.
  if ([own, its].some((part) => part.every((word) => isEmpty(meaning(word))))) return "";
  const opens = before !== undefined && prepositions.has(before);
  const isTime = [...own, ...its].some((word) =>
    /^\d{4}-\d\d|^(?:now|today|yesterday)$/.test(word),
  );
  return opens && !isTime ? own.join(" ") : "";
}
