/** What one image or one page of a document counts, whatever is on it. */
export const tokensOfAttachment = 1600;

// Current tokenizers yield about a token per 3.2 bytes of code and prose; four characters would be too few.
const bytesPerToken = 3.2;

/** Tokens of a text; never negative, and the same for the same text. */
export type CountText = (text: string) => number;

/**
 * Tokens of a text: a fixed ratio of its UTF-8 length, so that the same text always counts the same and counting
 * costs nothing. Not what a real tokenizer says, and close enough for budgets, limits and cache figures.
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / bytesPerToken);
}
