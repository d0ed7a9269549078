/** One expression of several, whatever the case of letters: a line each, so that each can be read. */
export function either(...parts: readonly string[]): RegExp {
  return new RegExp(parts.join("|"), "i");
}
