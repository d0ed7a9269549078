/** A mark of a list in Markdown or plain text; "2.5 is the version" begins with none. */
const mark = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\](?:\s+|$))?|^\s*[-*+•]\s*$/;

/** What a line says without the mark that a list has in front of it; empty for a rule, a fence, and what else has no words. */
export function withoutMark(line: string): string {
  const said = line
    .replace(/^\uFEFF/, "")
    .replace(mark, "")
    .trim();
  return hasWords(said) ? said : "";
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** Whether a line of Markdown is only what others stand under. */
export function isHeading(line: string): boolean {
  return /^\uFEFF?#{1,6}\s/.test(line);
}
