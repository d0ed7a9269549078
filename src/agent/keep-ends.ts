export interface Ends {
  readonly headChars: number;
  readonly tailChars: number;
}

/** Room for the line that says what is missing. */
const noticeCharsMax = 300;

/**
 * The start and the end of a text that is longer than both together, cut at line ends where one is near, with a line
 * between them that says how much is missing. Applied to its own result it changes nothing.
 */
export function keepEnds(text: string, ends: Ends, notice: (left: number) => string): string {
  const { headChars, tailChars } = ends;
  if (text.length <= headChars + tailChars + noticeCharsMax) return text;
  const head = text.slice(0, lastCut(text.slice(0, headChars)));
  const end = text.slice(text.length - tailChars);
  const tail = end.slice(firstCut(end));
  const said = notice(text.length - head.length - tail.length).slice(0, noticeCharsMax - 4);
  return `${head}\n[${said}]\n${tail}`;
}

/** Where a line ends in the second half of a text that is to be kept from its start. */
function lastCut(text: string): number {
  const at = text.lastIndexOf("\n");
  return at > text.length / 2 ? at : text.length;
}

function firstCut(text: string): number {
  const at = text.indexOf("\n");
  return at >= 0 && at < text.length / 2 ? at + 1 : 0;
}
