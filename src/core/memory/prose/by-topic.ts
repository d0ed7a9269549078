import type { Claim } from "../claim/claim.ts";
import { type Naming, namingOf, qualifierOf } from "../claim/conditions-said.ts";
import { denies } from "../claim/denial.ts";
import { strongAndWeak } from "../claim/keyed-claim.ts";
import { type Statement, withoutValue } from "../statement.ts";
import { commonest } from "../words/commonest.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { happenedIn } from "./happened.ts";
import { joinTopics } from "./join-topics.ts";
import { passes } from "./passing.ts";
import { readTold } from "./read-told.ts";
import type { Told } from "./told.ts";
import { placeOf, type Topic, wordingsOf } from "./wordings.ts";

/**
 * Sentences that say something of one thing in words of their own get one slot: which words mean the same is told by what all
 * sentences have in common. What is said once is left as it was read.
 */
export function byTopic(statements: readonly Statement[]): readonly Statement[] {
  // What passes teaches nothing of what holds.
  const passing = new Set(statements.filter((one) => passes(one)));
  const told = readTold(statements.filter((one) => !passing.has(one)));
  const topics = joinTopics(wordingsOf(told));
  const slots = slotsOf(topics);
  const naming = namingOf(statements.map(({ observation }) => observation));
  const mistaken = mistakenIn(topics);
  const changed = new Map<Statement, Statement>();
  for (const topic of topics) {
    const slot = {
      words: slots.get(topic) ?? [],
      called: commonest(topic.told.flatMap(({ called }) => called ?? [])),
      isOne: isOne(topic),
      naming,
    };
    for (const group of Map.groupBy(topic.told, placeOf).values()) {
      const isTold = group.length > 1 || group.some(({ statement }) => mistaken.has(statement));
      const isRead = group.every((one) => one.slot !== undefined && isSaid(one.slot, slot.words));
      if (!isTold || isRead) continue;
      for (const one of group) changed.set(one.statement, inSlot(one, slot));
    }
  }
  for (const { statement, subject } of told) {
    if (changed.has(statement) || !hasWord(statement.claim.valueKey, valueKey(subject))) continue;
    changed.set(statement, { ...statement, claim: ofSubject(statement.claim, subject) });
  }
  const happened = happenedIn(statements, topics);
  return statements.map((given) => {
    const one = changed.get(given) ?? given;
    const isPassing = passing.has(given) || (one !== given && passes(one));
    return happened.has(given) ? asEvent(given) : isPassing ? alone(given) : one;
  });
}

/** What happened has no value; the number in it tells it from the next one. */
function asEvent(statement: Statement): Statement {
  const { claim } = statement;
  const words = [...claim.strong, ...claim.weak, ...meaningsOf(claim.value)];
  return {
    ...statement,
    claim: { ...claim, ...strongAndWeak(words), value: "", valueKey: "", oldKey: "" },
  };
}

/** Only the same said again is the same. */
function alone(statement: Statement): Statement {
  return { ...statement, isOnce: true, claim: withoutValue(statement.claim) };
}

function isSaid(slot: readonly string[], words: readonly string[]): boolean {
  return slot.toSorted().join(" ") === words.toSorted().join(" ");
}

function hasWord(key: string, name: string): boolean {
  return ` ${key} `.includes(` ${name} `);
}

/** What was taken for a value is what the sentence is about, or has it in it: "the switch [overrides web]". */
function ofSubject(claim: Claim, subject: string): Claim {
  const slot = strongAndWeak([...meaningsOf(subject), ...claim.strong, ...claim.weak]);
  return { ...claim, ...slot, subject, value: "", valueKey: "" };
}

/**
 * Statements that were read to be about one thing, while their values are of two families: "code is checked by V" and "the code
 * is V".
 */
function mistakenIn(topics: readonly Topic[]): ReadonlySet<Statement> {
  const all = topics.flatMap(({ told, families }) =>
    families.size === 0 ? [] : told.map((one) => ({ family: [...families].toSorted()[0], one })),
  );
  const same = Map.groupBy(
    all,
    ({ one }) => `${placeOf(one)}\u0000${one.statement.claim.strong.join(" ")}`,
  );
  const apart = [...same.values()].filter(
    (held) => new Set(held.map(({ family }) => family)).size > 1,
  );
  return new Set(apart.flatMap((held) => held.map(({ one }) => one.statement)));
}

/** There is one at a time of what is called by a name, of amounts, and of what was changed. */
function isOne({ names, told, kind, isMany }: Topic): boolean {
  return (
    kind !== "other" ||
    names.length > 0 ||
    told.some(({ oldKey, statement: { claim } }) => claim.isChange && (oldKey !== "" || !isMany))
  );
}

/** Words for each topic; no two have the same. */
function slotsOf(topics: readonly Topic[]): ReadonlyMap<Topic, readonly string[]> {
  const taken = new Set<string>();
  return new Map(
    topics.map((topic, at) => {
      const { slots, names, wordings, kind } = topic;
      const words = slots[0] ?? names[0] ?? wordings[0] ?? [];
      const key = words.toSorted().join(" ");
      const isFree = slots.length > 0 || (key !== "" && !taken.has(key));
      taken.add(key);
      return [topic, isFree ? words : [...words, `~${kind} ${at}`]] as const;
    }),
  );
}

function inSlot(
  told: Told,
  of: {
    readonly words: readonly string[];
    readonly called: string | undefined;
    readonly isOne: boolean;
    readonly naming: Naming;
  },
): Statement {
  const { statement, value } = told;
  if (value === undefined || (told.slot !== undefined && isSaid(told.slot, of.words)))
    return statement;
  const slot = [...meaningsOf(told.subject), ...of.words];
  const claim: Claim = {
    ...statement.claim,
    subject: told.subject,
    predicate: of.called ?? statement.claim.predicate,
    value: value.text,
    valueKey: value.key,
    oldKey: told.oldKey === value.key ? "" : told.oldKey,
    // Where there may be several, each has a slot of its own.
    ...strongAndWeak(of.isOne ? slot : [...slot, ...meaningsOf(value.text)]),
    isNegated: denies(statement.text, value.text),
    isChange: statement.claim.isChange || told.oldKey !== "",
    isMany: false,
  };
  const held = told.condition === "" ? {} : qualifierOf(told.condition, of.naming);
  // Others taught what it says.
  const isLearned = statement.isLearned || of.isOne;
  return { ...statement, claim, isLearned, qualifiers: { ...held, ...statement.qualifiers } };
}
