import type { Failure } from "../../model/failure.ts";
import type { Retry } from "../../model/plan.ts";

export interface LastTry {
  readonly failure: Failure | undefined;
  readonly diff: string | undefined;
}

/** Characters of an error's detail; of a diff for an agent that made it, and for one that never saw it. */
const detailMax = 6_000;
const ownDiffMax = 4_000;
const diffMax = 20_000;

/** What a fresh agent is told of the attempt before it; undefined: nothing. */
export function feedbackText(
  { feedBack }: Retry,
  { failure, diff }: LastTry,
  { otherApproach }: { readonly otherApproach: boolean },
): string | undefined {
  const parts = [
    ...(otherApproach
      ? [
          "This approach was tried and has failed twice with the same error. Do not try it again: find out why it cannot work, and take another way.",
        ]
      : []),
    ...(feedBack.includes("last-error") && failure !== undefined
      ? [`The last attempt failed: ${failure.message}`, shortenTo(failure.detail ?? "", detailMax)]
      : []),
    ...(feedBack.includes("last-diff") && diff !== undefined
      ? [`Its diff, which is not in your worktree:\n${shortenTo(diff, diffMax)}`]
      : []),
  ].filter((part) => part !== "");
  return parts.length === 0 ? undefined : parts.join("\n");
}

/** What an agent whose work is red is told in answer to its Submit. It goes on in the same worktree. */
export function refusalText(
  { feedBack }: Retry,
  { failure, diff }: LastTry & { readonly failure: Failure },
  left: number,
): string {
  const tries = left === 1 ? "This is the last time" : `This happens at most ${left} times`;
  return [
    `Not taken: ${failure.message}`,
    shortenTo(failure.detail ?? "", detailMax),
    feedBack.includes("last-diff") && diff !== undefined
      ? `Your change so far:\n${shortenTo(diff, ownDiffMax)}`
      : "",
    `Your worktree is as you left it; commands that ran in the background were ended. Mend this and call Submit again. ${tries} that your work comes back; after that it is judged as it is.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The beginning of a text: what matters most of an error or a diff is put first. */
export function shortenTo(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max).toWellFormed()}\n… (cut)`;
}
