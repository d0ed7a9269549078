import type { Contract } from "../model/contract.ts";
import { type Failure, failure } from "../model/failure.ts";
import { type Spend, totalTokens } from "../model/spend.ts";

/** Which cap of the contract is used up, if any. Asked before each request, so an agent oversteps by one request at most. */
export function usedUp(limits: Contract["limits"], spent: Spend): Failure | undefined {
  if (spent.turns >= limits.turns) return over(`${limits.turns} turns`);
  if (limits.usd !== undefined && spent.usd >= limits.usd) return over(`$${limits.usd.toFixed(2)}`);
  if (limits.tokens !== undefined && totalTokens(spent) >= limits.tokens) {
    return over(`${limits.tokens} tokens`);
  }
  return undefined;
}

function over(what: string): Failure {
  return failure("budget", `the agent's budget of ${what} is used up`, {
    hint: "raise the task's budget, or split the task",
  });
}
