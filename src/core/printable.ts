/**
 * Escape sequences a terminal obeys: CSI (colours, cursor), OSC and its relatives (titles, links, clipboard) up to
 * their end or the end of the line, and two-character ones. The eight-bit forms are the C1 controls.
 */
const sequences =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /(?:\u001B\[|\u009B)[0-?]*[ -/]*[@-~]|(?:\u001B[\]PX^_]|[\u0090\u0098\u009D-\u009F])[^\u0007\u001B\u009C\n]*(?:\u0007|\u001B\\|\u009C)?|\u001B[ -/]*[0-~]/g;

/** Controls but line breaks and tabs; and what turns or hides text (bidirectional marks, zero-width characters). */
const hidden =
  /[^\P{Cc}\n\t]|[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/** Text from a repository or a model, without anything a terminal would obey. Line breaks and tabs stay. */
export function printable(text: string): string {
  return text.replaceAll(sequences, "").replaceAll(hidden, "");
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, " ").trim();
}

/** All controls but line breaks, and what turns or hides text. */
const unseen =
  /[^\P{Cc}\n]|[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;

/** The same text with what is hidden shown as its code point: for a person who has to judge every character of it. */
export function escapedText(text: string): string {
  return text.replaceAll(
    unseen,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
