const garbled = /[\uFFFD\0]/;

/** What an editor or a program wrote in another encoding is read as signs that stand for what cannot be read. */
export function isGarbled(text: string): boolean {
  return garbled.test(text);
}
