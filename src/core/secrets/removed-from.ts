import { redacted } from "./redact.ts";

/** Shorter than this, what was taken out is in too many innocent words to be looked for in others. */
const removedMin = 5;

/** What redaction took out of a text, piece by piece, so that it can be taken out of others, too. */
export function removedFrom(text: string, clean: string): readonly string[] {
  const kept = clean.split(redacted);
  const removed: string[] = [];
  let from = kept[0]?.length ?? 0;
  for (const [at, part] of kept.slice(1).entries()) {
    const isLast = at === kept.length - 2;
    const next = isLast ? text.length - part.length : text.indexOf(part, from + 1);
    if (next < from) break;
    removed.push(text.slice(from, next));
    from = next + part.length;
  }
  return removed.filter((piece) => piece.trim().length >= removedMin && piece !== redacted);
}
