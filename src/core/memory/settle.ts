import type { Fact } from "../../model/memory-fact.ts";
import { type Draft, iso } from "./make-fact.ts";
import type { Cluster } from "./merge/cluster.ts";
import type { Resolved } from "./resolve.ts";

type Change = Partial<Omit<Fact, "hash">>;

/**
 * Turns what was resolved into facts that point at each other, and keeps for a person what is theirs to say: ties, what
 * comes from outside once, a procedure they did not state, and the loss of a fact about themselves.
 */
export function settle(
  resolved: readonly Resolved[],
  draftOf: (cluster: Cluster) => Draft,
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
        valid_to: iso(by.time),
      });
    }
    const supersedes = resolved
      .filter((one) => one.by === cluster)
      .map((one) => draftOf(one.cluster).fact.id)
      .toSorted();
    return changed(draft, {
      supersedes,
      ...waiting(draft, tiedWith === undefined ? undefined : draftOf(tiedWith).fact),
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

function waiting({ fact }: Draft, tied: Omit<Fact, "hash"> | undefined): Change {
  if (tied !== undefined) return { review: `it contradicts ${tied.id}, on as good a ground` };
  if (fact.evidence === 0 && fact.support < 2)
    return { status: "quarantined", review: "it comes from outside, and from one session only" };
  if (fact.kind === "procedure" && fact.evidence < 4)
    return { review: "it is a procedure that you did not state" };
  return fact.kind === "open_question" ? { review: "it is an open question" } : {};
}

function changed(draft: Draft, change: Change): Draft {
  return { ...draft, fact: { ...draft.fact, ...change } };
}
