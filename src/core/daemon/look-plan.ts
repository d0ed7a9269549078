import { stringify } from "yaml";

import type { Schedule } from "../../model/schedule.ts";

/** Where such plans lie, below the repository. Nothing else may: it is how their runs are known. */
export const lookPlansDir = ".skein/daemon/plans";

/** Longest name of a plan, in characters. */
const nameMax = 100;

/**
 * The plan for a task in words that may only look: one agent, which tells what it found. Its scope names a file that nobody
 * has; what really keeps it from changing things is the mode its run is given.
 */
export function lookPlan(
  name: string,
  { words, budget }: Pick<Schedule, "words" | "budget">,
): string {
  return stringify({
    version: 1,
    name: name.slice(0, nameMax),
    tasks: {
      look: {
        agent: {
          prompt: `Only look and tell: you may change nothing and run nothing that does more than look. Say in your summary what you found.\n\n${words.replaceAll("${{", "$ {{")}`,
          scope: { write: ".skein/nothing" },
          budget: { turns: budget.turns },
        },
      },
    },
  });
}
