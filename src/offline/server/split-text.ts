/** Most pieces a text is streamed in; longer texts come in longer pieces. */
const mostPieces = 48;

/** Uneven pieces, the same ones each time, so that a cut falls on every kind of place sooner or later. */
export function splitText(text: string): readonly string[] {
  const pieces: string[] = [];
  const longest = Math.max(13, Math.ceil((text.length * 2) / mostPieces));
  let at = 0;
  let step = text.length;
  while (at < text.length) {
    step = (step * 7 + 5) % longest;
    const end = wholeCharacter(text, at + step + 1);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}

/** Half of a surrogate pair is no text: it would not survive the trip through UTF-8. */
function wholeCharacter(text: string, end: number): number {
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end + 1 : end;
}
