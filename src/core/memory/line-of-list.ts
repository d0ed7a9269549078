/** A mark of a list in Markdown or plain text; "2.5 is the version" begins with none. */
const mark = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[[ xX]\](?:\s+|$))?|^\s*[-*+•]\s*$/;

/** What a line says without the mark that a list has in front of it. */
export function withoutMark(line: string): string {
  return line
    .replace(/^\uFEFF/, "")
    .replace(mark, "")
    .trim();
}
