/** Shorter ones are hashes, names and words. */
const blob = /(?<![\w+/=-])[A-Za-z0-9+/]{24,2000}={0,2}(?![\w+/=-])/g;
const sentence = /^[\t\n\r -~]+$/;
const blobsMax = 8;

/** What a text has in it in Base64, where that is a sentence of plain letters: who reads it decoded must not be told by it what to do. */
export function hiddenText(text: string): readonly string[] {
  return [...text.matchAll(blob)].slice(0, blobsMax).flatMap(([found]) => {
    const plain = decoded(found);
    return sentence.test(plain) && plain.trim().split(/\s+/).length >= 3 ? [plain] : [];
  });
}

function decoded(found: string): string {
  try {
    return atob(found);
  } catch {
    return "";
  }
}
