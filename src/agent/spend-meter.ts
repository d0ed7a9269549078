import { spendOf } from "../core/spend-of.ts";
import { addSpend, noSpend, type Spend } from "../model/spend.ts";
import type { ReplyUsage } from "../ports/model-client.ts";

/** What an agent has used so far: its turns, and the summaries it was asked for between them. */
export interface SpendMeter {
  readonly spent: () => Spend;
  /** Turns made, those of an agent whose work this one goes on with among them. */
  readonly turns: () => number;
  /** Gives the new total. */
  readonly add: (usage: ReplyUsage, of: { readonly turns: 0 | 1 }) => Spend;
}

/** `turnsBefore`: of an agent whose work this one goes on with; what they cost is booked. */
export function createSpendMeter(model: string, turnsBefore: number): SpendMeter {
  let spent = noSpend;
  return {
    spent: () => spent,
    turns: () => turnsBefore + spent.turns,
    add: (usage, { turns }) => {
      spent = addSpend(spent, { ...spendOf(model, usage), turns });
      return spent;
    },
  };
}
