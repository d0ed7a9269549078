/** US dollars per million tokens. */
interface Price {
  readonly input: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** What the API's `usage` says of one reply, in tokens. */
export interface Usage {
  readonly input: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
  readonly output: number;
}

/** List prices of October 2026, from the models' public overview pages. */
const prices: Readonly<Record<string, Price>> = {
  "claude-opus-5-5": { input: 4, cacheWrite5m: 5, cacheWrite1h: 8, cacheRead: 0.2, output: 20 },
  "claude-sonnet-5-5": { input: 2, cacheWrite5m: 2.5, cacheWrite1h: 4, cacheRead: 0.1, output: 10 },
  "claude-haiku-5-5": {
    input: 0.1,
    cacheWrite5m: 0.125,
    cacheWrite1h: 0.2,
    cacheRead: 0.01,
    output: 0.5,
  },
  "claude-fable-5-1": {
    input: 10,
    cacheWrite5m: 12.5,
    cacheWrite1h: 20,
    cacheRead: 0.25,
    output: 50,
  },
  "claude-opus-5": { input: 5, cacheWrite5m: 6.25, cacheWrite1h: 10, cacheRead: 0.5, output: 25 },
};
/** Haiku 5.5 costs five times as much, for the whole request, once the prompt is over 100,000 tokens. */
const haikuCliffTokens = 100_000;
const haikuCliffFactor = 5;

/** From here on a prompt costs more, whole; undefined for models without such a price. */
export function priceCliffOf(model: string): number | undefined {
  return model === "claude-haiku-5-5" ? haikuCliffTokens : undefined;
}

/** Prices of a cache read and of a cache write for five minutes, as shares of the input price; the usual ones for a model without a price. */
export function priceSharesOf(model: string): { readonly read: number; readonly write: number } {
  const price = hasPrice(model) ? prices[model] : undefined;
  return price === undefined
    ? { read: 0.1, write: 1.25 }
    : { read: price.cacheRead / price.input, write: price.cacheWrite5m / price.input };
}

/** Whether a budget in dollars can hold an agent of this model. */
export function hasPrice(model: string): boolean {
  return Object.hasOwn(prices, model);
}

/** The list price of one reply; 0 for a model that is not in the table (a local one has no price). */
export function usdOf(model: string, usage: Usage): number {
  const price = hasPrice(model) ? prices[model] : undefined;
  if (price === undefined) return 0;
  const prompt = usage.input + usage.cacheWrite5m + usage.cacheWrite1h + usage.cacheRead;
  const factor = model === "claude-haiku-5-5" && prompt > haikuCliffTokens ? haikuCliffFactor : 1;
  const total =
    usage.input * price.input +
    usage.cacheWrite5m * price.cacheWrite5m +
    usage.cacheWrite1h * price.cacheWrite1h +
    usage.cacheRead * price.cacheRead +
    usage.output * price.output;
  return (total * factor) / 1_000_000;
}
