/** Text as a regular expression that both JavaScript and ripgrep read as exactly that text. */
export function regexText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
