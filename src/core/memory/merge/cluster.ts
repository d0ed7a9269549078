import { bySource } from "../source-name.ts";
import type { Statement } from "../statement.ts";

/** Statements that say the same: one fact. */
export interface Cluster {
  readonly statements: readonly Statement[];
  readonly valueKey: string;
  readonly isNegated: boolean;
  /** Strongest evidence, and when it was last given. */
  readonly evidence: number;
  readonly time: number;
  readonly seq: number;
  readonly support: number;
}

export function clustersOf(statements: readonly Statement[]): readonly Cluster[] {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const key = `${statement.claim.isNegated ? "not" : ""}\u0000${statement.claim.valueKey}`;
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [statement]);
    else held.push(statement);
  }
  return [...groups.values()].map((held) => clusterOf(held));
}

export function clusterOf(statements: readonly Statement[]): Cluster {
  const ordered = statements.toSorted(byTime);
  const evidence = Math.max(...statements.map((one) => one.evidence));
  const best = ordered.findLast((one) => one.evidence === evidence);
  return {
    statements: ordered,
    valueKey: best?.claim.valueKey ?? "",
    isNegated: best?.claim.isNegated === true,
    evidence,
    time: best?.time ?? 0,
    seq: best?.observation.seq ?? 0,
    support: new Set(statements.flatMap(({ sessions }) => sessions)).size,
  };
}

export function byTime(a: Statement, b: Statement): number {
  return a.time - b.time || bySource(a.observation, b.observation);
}
