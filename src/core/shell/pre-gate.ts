/** Longest text that is judged, in UTF-16 units; longer ones hide their end from people. */
const charsMax = 10_000;

/** Bidirectional controls, zero-width and other characters that a person cannot see, tags, variation selectors, fillers. */
const unseen =
  // oxlint-disable-next-line no-misleading-character-class -- each of them alone is what is looked for
  /[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u202A-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}]/u;
/** Blanks and line ends to people that are ordinary letters to bash. */
const foreignBlank = /[\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/u;
/** Controls but tab and newline: separators to many tokenisers, not to bash, and able to forge what is displayed. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;

/** Why a text is not even parsed, each with the code point; empty: it may be. Looked at before any parser sees it. */
export function preGate(text: string): readonly string[] {
  const reasons: string[] = [];
  if (text.length > charsMax) reasons.push(`longer than ${charsMax} characters`);
  if (!text.isWellFormed()) reasons.push("half a character (a lone surrogate)");
  const named = [
    [control, "a control character"],
    [unseen, "an invisible character"],
    [foreignBlank, "a blank that is none to bash"],
  ] as const;
  for (const [pattern, name] of named) {
    const found = pattern.exec(text)?.[0].codePointAt(0);
    if (found !== undefined) {
      reasons.push(`${name}, U+${found.toString(16).toUpperCase().padStart(4, "0")}`);
    }
  }
  return reasons;
}
