import type { Cap } from "../../model/contract.ts";

/** What something cost, or is expected to. */
export interface Cost {
  readonly usd: number;
  readonly tokens: number;
}

/** What was spent under each cap, by its name. */
export type Ledger = ReadonlyMap<string, Cost>;

interface Costing extends Cost {
  readonly caps: readonly Cap[];
}

export function booked(ledger: Ledger, { caps }: Pick<Costing, "caps">, cost: Cost): Ledger {
  const next = new Map(ledger);
  for (const { name } of caps) next.set(name, sumOfCosts(next.get(name), cost));
  return next;
}

/** The cap that is used up: nothing may be sent under it any more. */
export function usedUp(ledger: Ledger, { caps }: Pick<Costing, "caps">): Cap | undefined {
  return caps.find((cap) => isReached(cap, ledger.get(cap.name)));
}

/**
 * Whether what is spent and what is under way reach a cap together: then a request waits for what the others really
 * cost. So a cap is overstepped by what the estimates of the requests under way were short of, and by one request.
 */
export function isSpokenFor(
  ledger: Ledger,
  sent: Iterable<Costing>,
  { caps }: Pick<Costing, "caps">,
): boolean {
  if (caps.length === 0) return false;
  const committed = new Map(ledger);
  for (const one of sent) {
    for (const { name } of one.caps) committed.set(name, sumOfCosts(committed.get(name), one));
  }
  return caps.some((cap) => isReached(cap, committed.get(cap.name)));
}

function isReached({ usd, tokens }: Cap, { usd: paid, tokens: used }: Cost = nothing): boolean {
  return (usd !== undefined && paid >= usd) || (tokens !== undefined && used >= tokens);
}

const nothing: Cost = { usd: 0, tokens: 0 };

export function sumOfCosts(a: Cost = nothing, b: Cost): Cost {
  return { usd: a.usd + b.usd, tokens: a.tokens + b.tokens };
}
