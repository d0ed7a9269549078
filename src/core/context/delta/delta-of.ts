import { lineDiff } from "../../line-diff.ts";

/** A result that the model still sees whole. */
export interface LiveResult {
  readonly turn: number;
  readonly text: string;
}

/** A diff longer than this share of the text says no less by saying all. */
const shareMax = 0.5;
/** Comparing lines takes time in proportion to both; a text with more is shown whole. */
const linesMax = 5_000;

/** What a text says that is not in view already: that nothing has changed, or what has. Undefined: show it whole. */
export function deltaOf(text: string, live: LiveResult): string | undefined {
  if (text === live.text) return unchangedSince(live.turn);
  const [before, now] = [live.text.split("\n"), text.split("\n")];
  if (before.length > linesMax || now.length > linesMax) return undefined;
  const delta = `[changed since turn ${live.turn}; the lines that differ from what you saw there:]\n${lineDiff(before, now).join("\n")}`;
  return delta.length < text.length * shareMax ? delta : undefined;
}

export function unchangedSince(turn: number): string {
  return `[unchanged since turn ${turn}: the same as what you saw there]`;
}
