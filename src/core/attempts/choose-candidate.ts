import type { CommitId } from "../../model/ids.ts";
import { type Outcome, successOutcomes } from "../../model/unit.ts";

/** One of several agents' work on the same unit, after it was judged. */
export interface Candidate {
  /** From 1. */
  readonly number: number;
  readonly outcome: Outcome;
  /** Undefined: it changed nothing. The same tree on the same base has the same commit. */
  readonly commit: CommitId | undefined;
  /** Inserted and deleted. */
  readonly lines: number;
  /** Tests that failed on the base and pass now. */
  readonly newlyPassing: number;
}

export interface Choice {
  readonly winner: number;
  /** Why, for people. */
  readonly why: string;
  /** Numbers of those that the checks cannot tell apart, in an order that says nothing of them; empty: nothing is left to judge. */
  readonly toJudge: readonly number[];
}

/**
 * The best by what can be measured: green, more tests mended, a smaller diff. When several green ones differ and mend as much,
 * the size of a diff is a poor judge, so an agent is to look at them; the winner here is who is taken without its word.
 */
export function chooseCandidate(all: readonly Candidate[]): Choice {
  const [best, ...rest] = all.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      b.newlyPassing - a.newlyPassing ||
      a.lines - b.lines ||
      a.number - b.number,
  );
  if (best === undefined) throw new Error("Internal error: a choice among no candidates");
  const winner = best.number;
  const sole = { winner, toJudge: [] };
  if (!successOutcomes.has(best.outcome)) return { ...sole, why: "none is green" };
  const green = rest.filter(({ outcome }) => outcome === best.outcome);
  if (green.length === 0) return { ...sole, why: "the only one that is green" };
  const even = green.filter(({ newlyPassing }) => newlyPassing === best.newlyPassing);
  if (even.length === 0) return { ...sole, why: "more tests pass that failed before" };
  const others = new Map(even.toReversed().map((one) => [one.commit, one]));
  others.delete(best.commit);
  if (others.size === 0) return { ...sole, why: "all that are as good are the same change" };
  // By their hashes: neither by who was first nor by size.
  const toJudge = [best, ...others.values()].toSorted((a, b) =>
    (a.commit ?? "") < (b.commit ?? "") ? -1 : 1,
  );
  return { winner, why: "the smallest diff", toJudge: toJudge.map(({ number }) => number) };
}

function rankOf({ outcome }: Candidate): number {
  if (outcome === "done") return 0;
  return successOutcomes.has(outcome) ? 1 : 2;
}

/** What the judge calls them, in order. */
export const candidateLabels: readonly string[] = ["A", "B", "C", "D", "E", "F", "G", "H"];
