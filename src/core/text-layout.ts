import stringWidth from "fast-string-width";

let segmenter: Intl.Segmenter | undefined;

/** Characters as people count them. Made when something is cut: that takes longer than a short command has. */
function graphemesOf(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

/** The text cut to a width in terminal columns, with `…` for what was cut; never through a character. Plain text only. */
export function fit(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  if (columns < 1) return "";
  let width = 1;
  let kept = "";
  for (const segment of graphemesOf(text)) {
    width += stringWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The same, cut in the middle: of a path, both ends tell the most. */
export function fitMiddle(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const tail = Math.floor((columns - 1) / 2);
  const head = fit(text, columns - tail);
  const reversed = graphemesOf(text).toReversed();
  let width = 0;
  let end = "";
  for (const segment of reversed) {
    width += stringWidth(segment);
    if (width > tail) break;
    end = segment + end;
  }
  return head + end;
}

export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - stringWidth(text))) + text;
}

/** Breaks a line at its spaces, or within a word that is wider than a whole line. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((word) => pieces(word, columns))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (stringWidth(longer) <= columns) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Lines of a list: the mark stands in front of the first, the others are as far in as its text. */
export function marked(mark: string, text: string, columns: number): readonly string[] {
  const [first = "", ...rest] = wrap(text, columns - 4);
  return [`  ${mark} ${first}`, ...rest.map((line) => `    ${line}`)];
}

function pieces(word: string, columns: number): readonly string[] {
  if (stringWidth(word) <= columns) return [word];
  const found: string[] = [];
  let piece = "";
  for (const segment of graphemesOf(word)) {
    if (piece !== "" && stringWidth(piece + segment) > columns) {
      found.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...found, piece];
}

export function widthOf(text: string): number {
  return stringWidth(text);
}
