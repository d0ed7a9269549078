import type { Fact } from "../../model/memory-fact.ts";
import { wellFormed } from "../well-formed.ts";
import { hashOf } from "./fact-hash.ts";
import type { Hash } from "./fact-id.ts";
import { type Draft, iso } from "./make-fact.ts";
import { fadesAt, scoreMin, scoreOf } from "./score.ts";

/** Most active facts. */
export const factsMax = 2_000;
const purgeDays = 90;
const day = 86_400_000;

/**
 * Phase 6. Forgets what has faded, and what is over the cap, the weakest first; what was forgotten 90 days ago goes for good.
 * Age is counted up to the latest observation: a project that lay still for a year has forgotten nothing.
 */
export function prune(
  drafts: readonly Draft[],
  { now, hash }: { readonly now: number; readonly hash: Hash },
): { readonly facts: readonly Fact[]; readonly purged: number } {
  const seen = drafts.map(({ fact }) => Date.parse(fact.recorded_at)).filter((time) => time <= now);
  const today = seen.reduce((latest, time) => Math.max(latest, time), 0);
  const scored = drafts.map((draft) => {
    const weighed = { ...draft.fact, isVague: draft.isVague };
    return { fact: draft.fact, score: scoreOf(weighed, today), fades: fadesAt(weighed) };
  });
  const active = scored.filter(({ fact, score }) => fact.status === "active" && score >= scoreMin);
  const kept = new Set(
    active
      .toSorted((a, b) => b.score - a.score || (a.fact.id < b.fact.id ? -1 : 1))
      .slice(0, factsMax)
      .map(({ fact }) => fact.id),
  );
  const all = scored.map(({ fact, fades }) => {
    if (fact.status !== "active" || kept.has(fact.id)) return fact;
    const at = Math.min(fades, today);
    return { ...fact, status: "expired" as const, valid_to: iso(at), review: null };
  });
  const left = withoutPurged(
    all,
    (fact) => fact.status === "expired" && now - Date.parse(fact.valid_to ?? "") > purgeDays * day,
  );
  return {
    facts: left
      .toSorted((a, b) => (a.id < b.id ? -1 : 1))
      // What was cut may end in half of a sign.
      .map((fact) => wellFormed(fact))
      .map((fact) => ({ ...fact, hash: hashOf(fact, hash) })),
    purged: all.length - left.length,
  };
}

/** What had been superseded by a fact that is gone goes with it; nothing points at what is gone. */
function withoutPurged(
  facts: readonly Omit<Fact, "hash">[],
  isGone: (fact: Omit<Fact, "hash">) => boolean,
): readonly Omit<Fact, "hash">[] {
  const gone = new Set(facts.filter(isGone).map(({ id }) => id));
  for (let before = -1; before !== gone.size;) {
    before = gone.size;
    for (const { id, superseded_by } of facts)
      if (superseded_by !== null && gone.has(superseded_by)) gone.add(id);
  }
  return facts
    .filter(({ id }) => !gone.has(id))
    .map((fact) =>
      fact.supersedes.some((id) => gone.has(id))
        ? { ...fact, supersedes: fact.supersedes.filter((id) => !gone.has(id)) }
        : fact,
    );
}
