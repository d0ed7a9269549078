import type { Block, ContextEntry, Summarised } from "./entry.ts";

/**
 * What a summary by the API took away though no summary may stand for it, word for word: the opening, with the task and the
 * contract, and what the agent was told since. It has to be said again behind the summary, each time the view is written anew.
 */
export function saidAgain(
  entries: readonly ContextEntry[],
  summary: Pick<Summarised, "to"> | undefined,
): readonly Block[] {
  if (summary === undefined) return [];
  const gone = entries.slice(0, summary.to);
  const opening = gone.flatMap((entry) => (entry.kind === "opening" ? entry.blocks : []));
  const told = gone
    .flatMap((entry) => (entry.kind === "told" ? entry.blocks : []))
    .flatMap((block) => (block.type === "text" ? [block.text] : []));
  if (told.length === 0) return opening;
  const text = ["What you were told since, oldest first:", ...told.map((one) => `- ${one}`)];
  return [...opening, { type: "text", text: text.join("\n") }];
}
