import { denies } from "../claim/denial.ts";
import type { Claim } from "../claim/claim.ts";
import { strongAndWeak } from "../claim/keyed-claim.ts";
import type { Statement } from "../statement.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { joinTopics } from "./join-topics.ts";
import { readTold } from "./read-told.ts";
import type { Told } from "./told.ts";
import { placeOf, type Topic, wordingsOf } from "./wordings.ts";

/**
 * Sentences that say something of one thing in words of their own get one slot: which words mean the same is told by what all
 * sentences have in common. What is said once is left as it was read.
 */
export function byTopic(statements: readonly Statement[]): readonly Statement[] {
  const told = readTold(statements);
  const topics = joinTopics(wordingsOf(told));
  const changed = new Map<Statement, Statement>();
  for (const topic of topics) {
    const words = slotOf(topic);
    for (const group of Map.groupBy(topic.told, placeOf).values()) {
      if (group.length < 2) continue;
      if (group.every(({ slot }) => slot !== undefined)) continue;
      for (const one of group) changed.set(one.statement, inSlot(one, words, isOne(topic)));
    }
  }
  for (const { statement, subject } of told)
    if (!changed.has(statement) && statement.claim.valueKey === valueKey(subject))
      changed.set(statement, { ...statement, claim: { ...statement.claim, subject, value: "", valueKey: "" } });
  return statements.map((one) => changed.get(one) ?? one);
}

/** There is one at a time of what is called by a name, of amounts, and of what was changed. */
function isOne({ names, told, kind }: Topic): boolean {
  return kind !== "other" || names.length > 0 || told.some(({ oldKey, statement }) => oldKey !== "" && statement.claim.isChange);
}

function slotOf({ names, slots, wordings }: Topic): readonly string[] {
  return slots[0] ?? names[0] ?? wordings[0] ?? [];
}

function inSlot(told: Told, words: readonly string[], isSingle: boolean): Statement {
  const { statement, value } = told;
  if (value === undefined || told.slot !== undefined) return statement;
  const slot = [...meaningsOf(told.subject), ...words, ...told.condition.split(" ").filter((word) => word !== "")];
  const claim: Claim = {
    ...statement.claim,
    subject: told.subject,
    predicate: words.join(" "),
    value: value.text,
    valueKey: value.key,
    oldKey: told.oldKey === value.key ? "" : told.oldKey,
    // Where there may be several, each has a slot of its own.
    ...strongAndWeak(isSingle ? slot : [...slot, ...meaningsOf(value.text)]),
    isNegated: denies(statement.text, value.text),
    isChange: statement.claim.isChange || told.oldKey !== "",
    isMany: false,
  };
  return { ...statement, claim };
}
