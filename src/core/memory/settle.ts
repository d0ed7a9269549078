import type { Fact } from "../../model/memory-fact.ts";
import { type Draft, iso } from "./make-fact.ts";
import type { Cluster } from "./merge/cluster.ts";
import { probeFails } from "./probe-words.ts";
import type { Resolved } from "./resolve.ts";

type Change = Partial<Omit<Fact, "hash">>;

/**
 * Turns what was resolved into facts that point at each other, and keeps for a person what is theirs to say: ties, what
 * comes from outside once, a procedure they did not state, and the loss of a fact about themselves.
 */
export function settle(
  resolved: readonly Resolved[],
  {
    draftOf,
    fails,
  }: {
    readonly draftOf: (cluster: Cluster) => Draft;
    /** Whether a live look speaks against it, and no person said since that it holds. */
    readonly fails: (cluster: Cluster) => boolean;
  },
): readonly Draft[] {
  const held = resolved.some(({ cluster, by }) => by !== undefined && isTheirs(cluster, by));
  const won = new Set(resolved.flatMap(({ by }) => (by === undefined ? [] : [by])));
  return resolved.map(({ cluster, by, tiedWith }) => {
    const draft = draftOf(cluster);
    if (held)
      return changed(draft, won.has(cluster) ? waitsToReplace(cluster, resolved, draftOf) : {});
    if (by !== undefined) {
      const winner = draftOf(by).fact;
      return changed(draft, {
        status: "superseded",
        superseded_by: winner.id,
        valid_to: endedAt(draft, by),
      });
    }
    const supersedes = resolved
      .filter((one) => one.by === cluster)
      .map((one) => draftOf(one.cluster).fact.id)
      .toSorted();
    return changed(draft, {
      supersedes,
      ...waiting(draft, {
        tied: tiedWith === undefined ? undefined : draftOf(tiedWith).fact,
        isFailing: fails(cluster),
      }),
    });
  });
}

/** What a person said of themselves is not replaced by what somebody else did; what was only inferred of them may be. */
function isTheirs(cluster: Cluster, by: Cluster): boolean {
  return cluster.statements[0]?.scope === "user" && cluster.evidence === 4 && by.evidence < 4;
}

function waitsToReplace(
  cluster: Cluster,
  resolved: readonly Resolved[],
  draftOf: (cluster: Cluster) => Draft,
): Change {
  const would = resolved
    .filter(({ by }) => by === cluster)
    .map((one) => draftOf(one.cluster).fact.id);
  return {
    status: "quarantined",
    review: `it would take the place of ${would.toSorted().join(", ")}`,
  };
}

/** What took its place may have been said before it, on better ground: then it never held. */
function endedAt({ fact }: Draft, by: Cluster): string {
  const at = iso(by.time);
  const from = fact.valid_from > fact.observed_at ? fact.valid_from : fact.observed_at;
  return at > from ? at : from;
}

function waiting(
  { fact }: Draft,
  {
    tied,
    isFailing,
  }: { readonly tied: Omit<Fact, "hash"> | undefined; readonly isFailing: boolean },
): Change {
  if (tied !== undefined) return { review: `it contradicts ${tied.id}, on as good a ground` };
  if (fact.evidence === 0 && fact.support < 2)
    return { status: "quarantined", review: "it comes from outside, and from one session only" };
  if (isFailing && fact.verify !== null) return { review: probeFails(fact.verify) };
  if (fact.kind === "procedure" && fact.evidence < 4)
    return { review: "it is a procedure that you did not state" };
  return fact.kind === "open_question" ? { review: "it is an open question" } : {};
}

function changed(draft: Draft, change: Change): Draft {
  return { ...draft, fact: { ...draft.fact, ...change } };
}
