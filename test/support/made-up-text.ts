/** Text by the seed, as a tool would give it: every line is another one, so that nothing folds by itself. */
export interface Chance {
  /** A whole number from 0 to below `most`. */
  readonly below: (most: number) => number;
  /** Tokens of a tool's result: log-normal (7.4, 1.1), 60,000 at the most (the design's figures). */
  readonly resultTokens: () => number;
}

/** mulberry32, a generator of 32 bits in the public domain. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    below: (most) => Math.floor(next() * most),
    resultTokens: () => Math.min(60_000, Math.round(Math.exp(7.4 + 1.1 * normal()))),
  };
}

const words =
  "index value result parse token render merge state queue worker graph node commit branch cache budget limit scope entry reader writer stream buffer header cursor filter".split(
    " ",
  );

function word(chance: Chance): string {
  return words[chance.below(words.length)] ?? "it";
}

/** The server counts a token per 3.2 bytes. */
const bytesPerToken = 3.2;

function linesOf(tokens: number, line: (at: number) => string): string {
  const lines: string[] = [];
  let bytes = 0;
  while (bytes < tokens * bytesPerToken) {
    const text = line(lines.length + 1);
    lines.push(text);
    bytes += text.length + 1;
  }
  return lines.join("\n");
}

export function codeText(chance: Chance, tokens: number): string {
  return linesOf(
    tokens,
    (at) =>
      `export const ${word(chance)}${at} = ${word(chance)}(${chance.below(10_000)}, "${word(chance)} ${word(chance)}");`,
  );
}

export function proseText(chance: Chance, tokens: number): string {
  return linesOf(tokens, () =>
    Array.from({ length: 8 + chance.below(6) }, () => word(chance)).join(" "),
  );
}

/** What a command says: a test run, a build, a search, a log. */
export function commandText(chance: Chance, tokens: number): string {
  const kind = chance.below(4);
  return linesOf(tokens, (at) => {
    const name = `${word(chance)}-${chance.below(9_999)}`;
    if (kind === 0)
      return ` ✓ test/${word(chance)}/${name}.test.ts > ${word(chance)} ${word(chance)} ${chance.below(90)} ms`;
    if (kind === 1)
      return `src/${word(chance)}/${name}.ts(${at},${chance.below(80)}): ${word(chance)} ${word(chance)}`;
    if (kind === 2)
      return `src/${word(chance)}/${name}.ts:${at}:  const ${word(chance)} = ${word(chance)};`;
    return `2026-11-23T10:${chance.below(60)}:${chance.below(60)} ${word(chance)} ${name} took ${chance.below(5_000)} ms`;
  });
}
