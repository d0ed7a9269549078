/** allow < ask < deny; the strictest part decides. */
export type ShellDecision = "allow" | "ask" | "deny";

export interface ShellVerdict {
  readonly decision: ShellDecision;
  /** What stood in the way of "allow", for people, most severe first; empty when allowed. */
  readonly reasons: readonly string[];
}

const rank: Readonly<Record<ShellDecision, number>> = { allow: 0, ask: 1, deny: 2 };

export const allowed: ShellVerdict = { decision: "allow", reasons: [] };

export function ask(...reasons: readonly string[]): ShellVerdict {
  return { decision: "ask", reasons };
}

export function deny(...reasons: readonly string[]): ShellVerdict {
  return { decision: "deny", reasons };
}

/** The strictest decision, with every reason that reached it or came near, the strictest first. */
export function join(verdicts: readonly ShellVerdict[]): ShellVerdict {
  const strictestFirst = verdicts.toSorted((a, b) => rank[b.decision] - rank[a.decision]);
  return {
    decision: strictestFirst[0]?.decision ?? "allow",
    reasons: [...new Set(strictestFirst.flatMap((verdict) => verdict.reasons))],
  };
}
