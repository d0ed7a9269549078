import { prepositions } from "../claim/spans.ts";
import type { Statement } from "../statement.ts";
import { placesOf } from "../words/places-of.ts";
import { tokensOf } from "../words/tokens.ts";
import { isAmountKey, valueKindOf } from "../words/value-key.ts";
import { weekday } from "../words/weekday.ts";
import { parted } from "./parted.ts";

/**
 * Statements without keys in one slot, apart by how their values belong to it: what is stored "in S3" is also stored "for 30 days", and
 * who "reports to Bob" does so "on Fridays". Beside a key, or where others taught what is said, they stay together.
 */
export function byRelation(held: readonly Statement[]): readonly (readonly Statement[])[] {
  const isPlain = held.every(
    ({ observation: { subject, predicate, value }, isLearned }) =>
      !isLearned && (subject ?? predicate ?? value) == null,
  );
  if (!isPlain || held.length < 2) return [held];
  // What gives no value, or says that it changed, is said of whatever there is.
  return parted(held, (one) => (isOpen(one) ? "" : relationOf(one)));
}

function isOpen({ claim }: Statement): boolean {
  return claim.valueKey === "" || claim.oldKey !== "" || claim.isNegated;
}

function relationOf({ text, claim }: Statement): string {
  const at = placesOf(text.toLowerCase(), claim.value.toLowerCase()).at(-1) ?? -1;
  const before = at === -1 ? "" : text.slice(0, at);
  const tie = tokensOf(before).findLast(({ text: word }) => !articles.test(word));
  const lower = tie?.text.toLowerCase() ?? "";
  // "has a V" and "ask before V" may be said of the next V, too.
  const isAny = hasOne.test(before) || (isDeed.test(claim.value) && whenever.test(lower));
  return `${prepositions.has(lower) ? lower : ""} ${isAny ? claim.valueKey : sortOf(claim.valueKey, claim.value)}`;
}

const hasOne = /\b(?:has|have|contains?|comes with|needs?|gets?) an? (?:[\w-]+ )?$/i;
const isDeed = /^\w+ing\b/i;
const whenever = /^(?:before|after|without|when|while|until|unless|for|by|about)$/;
const articles = /^(?:the|a|an|our|its|about|around)$/i;
const dayOrClock = new RegExp(String.raw`^${weekday}$|^\d{1,2}:\d\d$`, "i");

function sortOf(key: string, written: string): string {
  if (key.endsWith(" ms") || dayOrClock.test(written)) return "time";
  if (isAmountKey(key)) return "amount";
  return valueKindOf(written) === "path" ? "path" : "";
}
