/** About 25,000 tokens: more than that in one result crowds out the work. */
const outputCharsMax = 75_000;

/** The start of a long text, cut at a line, with what to do for the rest. */
export function capOutput(text: string, howToNarrow: string): string {
  if (text.length <= outputCharsMax) return text;
  const lineEnd = text.lastIndexOf("\n", outputCharsMax);
  const kept = text.slice(0, lineEnd > 0 ? lineEnd : outputCharsMax);
  return `${kept}\n[cut here, ${text.length - kept.length} more characters; ${howToNarrow}]`;
}
