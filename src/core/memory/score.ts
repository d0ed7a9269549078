import type { Fact } from "../../model/memory-fact.ts";
import type { FactKind } from "../../model/memory-observation.ts";

const day = 86_400_000;
/** Below this a fact is not worth its line any more. */
export const scoreMin = 0.15;

/**
 * Days after which what nobody said or used again counts half. They are longer than the design had them: with its 30 to 90
 * days a quarter of what is true and uncontradicted is gone within one season. What is true does not get false by age; what
 * keeps prompts small is the index, which takes the best by score.
 */
const halfLife: Readonly<Record<FactKind, number>> = {
  preference: 720,
  decision: 720,
  procedure: 360,
  pitfall: 360,
  fact: 240,
  open_question: 240,
};
/** What is vague and has no evidence: nobody can act on it. */
export const vagueHalfLife = 14;

type Scored = Pick<Fact, "kind" | "confidence" | "use_count" | "last_used" | "recorded_at"> & {
  readonly isVague: boolean;
};

/** confidence x 0.5^(age / half-life) x (1 + ln(1 + uses)). `now` in milliseconds. */
export function scoreOf(fact: Scored, now: number): number {
  const age = Math.max(0, now - lastSeen(fact)) / day;
  return strength(fact) * 0.5 ** (age / lifeOf(fact));
}

/** When the score falls below the least one; milliseconds since the epoch. */
export function fadesAt(fact: Scored): number {
  const halves = Math.log2(Math.max(strength(fact), scoreMin) / scoreMin);
  return lastSeen(fact) + halves * lifeOf(fact) * day;
}

function strength(fact: Scored): number {
  return fact.confidence * (1 + Math.log(1 + fact.use_count));
}

function lifeOf(fact: Scored): number {
  return fact.isVague ? vagueHalfLife : halfLife[fact.kind];
}

function lastSeen(fact: Scored): number {
  return Math.max(
    Date.parse(fact.recorded_at),
    fact.last_used === null ? 0 : Date.parse(fact.last_used),
  );
}
