/** A number from 0 up to, not including, `below`. */
export type Chance = (below: number) => number;

type Mutation = (text: string, chance: Chance) => string;

const blanks = [" ", "\t", "  ", " \t ", " \\\n", "\\\n "];
const harmless = ["true", "ls", "echo ok", "pwd", "cat README.md", "git status", ":"];
const lookAlikes: readonly (readonly [string, string])[] = [
  ["a", "а"],
  ["e", "е"],
  ["o", "о"],
  ["c", "с"],
  [" ", "\u00a0"],
  [" ", "\u2003"],
  ["-", "‐"],
  [";", "；"],
  ["/", "∕"],
  ["i", "і"],
];
const invisible = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066"];
const controls = ["\r", "\v", "\f", "\0", "\u001b[8m", "\b", "\u0085"];

const wrappers = [
  "command",
  "env",
  "env A=1",
  "nice",
  "nohup",
  "timeout 5",
  "stdbuf -oL",
  "setsid",
  "builtin",
  "xargs",
  "eval",
  "LC_ALL=C",
  ">/dev/null",
  "!",
  "time",
];

/**
 * Each leaves what the text does, breaks it, or does more; none may make bad text harmless. That is why places are
 * looked for in front of the first quote or expansion only: behind it a changed letter may be nothing but a letter.
 */
const mutations: readonly Mutation[] = [
  // Quotes, escapes and braces inside a word.
  onLetter((letter) => `'${letter}'`),
  onLetter((letter) => `"${letter}"`),
  onLetter((letter) => `\\${letter}`),
  onLetter((letter) => `$'\\x${code(letter, 16).padStart(2, "0")}'`),
  onLetter((letter) => `$'\\${code(letter, 8).padStart(3, "0")}'`),
  onLetter((letter) => `$'\\u${code(letter, 16).padStart(4, "0")}'`),
  onLetter((letter) => `''${letter}`),
  onLetter((letter) => `""${letter}`),
  onLetter((letter) => `$""${letter}`),
  onLetter((letter) => `${letter}\\\n`),
  onLetter((letter) => `\${x-${letter}}`),
  onWord((word) => `'${word}'`),
  onWord((word) => `"${word}"`),
  onWord((word) => `$'${word}'`),
  onWord((word) => word.replaceAll(/./g, "\\$&")),
  // An empty word out of braces vanishes.
  onMatch(aloneAnd("[A-Za-z0-9_./=+-]"), (word) => `{${word},}`),
  onMatch(aloneAnd("[A-Za-z0-9_./=+-]"), (word) => `{,${word}}`),
  onWord((word) => `$(echo ${word})`),
  onWord((word) => `"$(printf %s ${word})"`),
  onWord((word) => `\`echo ${word}\``),
  onWord((word) => `\${x:-${word}}`),
  onMatch(aloneAnd("[A-Za-z0-9]"), (word) => `${word.slice(0, -1)}[${word.slice(-1)}]`),
  onMatch(aloneAnd("[A-Za-z0-9]"), (word) => `${word.slice(0, -1)}?`),
  onMatch(aloneAnd("[A-Za-z0-9]"), (word) => `${word.slice(0, -1)}*`),
  // Blanks.
  (text, chance) => onMatch(/ (?!$)/g, () => pick(blanks, chance))(text, chance),
  onMatch(/ (?!$)/g, () => "${IFS}"),
  onMatch(/ (?!$)/g, () => "$IFS"),
  (text) => ` ${text} `,
  (text) => `\n${text}\n`,
  // Around the whole text.
  (text, chance) => `${pick(harmless, chance)}; ${text}`,
  (text, chance) => `${pick(harmless, chance)} && ${text}`,
  (text, chance) => `${pick(harmless, chance)} | ${text}`,
  (text, chance) => `${pick(harmless, chance)}\n${text}`,
  (text, chance) => `${pick(harmless, chance)} # done\n${text}`,
  (text, chance) => `# ${pick(harmless, chance)} \\\n${text}`,
  (text, chance) => `${pick(harmless, chance)} & ${text}`,
  (text, chance) => `${text}\n${pick(harmless, chance)}`,
  (text, chance) => `${text}; ${pick(harmless, chance)}`,
  (text, chance) => `${text} | ${pick(harmless, chance)}`,
  (text, chance) => `${text} || ${pick(harmless, chance)}`,
  (text) => `${text} # just looking`,
  (text) => `${text} 2>&1`,
  (text) => `${text} 2>/dev/null`,
  (text) => `{ ${text}\n}`,
  (text) => `(${text}\n)`,
  (text) => `( ${text}\n ) & wait`,
  (text) => `if ${text}\nthen :; fi`,
  (text) => `if true; then ${text}\nfi`,
  (text) => `while false; do ${text}\ndone`,
  (text) => `for item in 1; do ${text}\ndone`,
  (text) => `case a in a) ${text}\n;; esac`,
  (text) => `echo "$(${text}\n)"`,
  // Backticks take one level of backslashes away.
  (text) => (text.includes("\\") ? text : `echo \`${text.replaceAll("`", "\\`")}\``),
  (text) => `cat <(${text}\n)`,
  (text) => `cat <<BODY\n$(${text}\n)\nBODY`,
  (text) => `cat <<'BODY'\nBODY\n${text}`,
  (text) => `f${text.length}() { ${text}\n}; f${text.length}`,
  (text) => `x=$(${text}\n)`,
  (text) => `[ -n "$(${text}\n)" ]`,
  // In front of the program.
  (text, chance) => `${pick(wrappers, chance)} ${text}`,
  (text) => `\\${text}`,
  (text) => (/^[a-z]/.test(text) ? `/usr/bin/${text}` : text),
  // Other code points: these change what it means, and must not hide it.
  (text, chance) => {
    const [from, to] = pick(lookAlikes, chance);
    return onMatch(new RegExp(from, "g"), () => to)(text, chance);
  },
  (text, chance) => insert(text, pick(invisible, chance), chance),
  (text, chance) => insert(text, pick(controls, chance), chance),
];

/** One to three mutations, one on top of the other. */
export function mutate(text: string, chance: Chance): string {
  let mutated = text;
  for (let left = 1 + chance(3); left > 0; left--) {
    mutated = pick(mutations, chance)(mutated, chance);
  }
  return mutated;
}

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

function onLetter(change: (letter: string) => string): Mutation {
  // Right behind a tilde a quote would take its meaning away.
  return onMatch(/(?<!~[\w+-]*)[A-Za-z0-9/.=-]/g, change);
}

function onWord(change: (word: string) => string): Mutation {
  return onMatch(wordAnd("[A-Za-z0-9_./=+-]"), change);
}

/** Whole words of at least two letters with this last one, none of them behind a tilde. */
function wordAnd(last: string): RegExp {
  return new RegExp(`(?<![~\\w./=+-])[\\w./=+-]+${last}(?![\\w./=+-])`, "g");
}

/** The same, with nothing else joined to them. */
function aloneAnd(last: string): RegExp {
  return new RegExp(`(?<![^\\s;|&(])[\\w./=+-]+${last}(?=[\\s;|&)])`, "g");
}

function onMatch(pattern: RegExp, change: (found: string) => string): Mutation {
  return (text, chance) => {
    const plain = /^[^'"\\#<$`{]{0,400}/.exec(text)?.[0] ?? "";
    const found = [...plain.matchAll(pattern)];
    if (found.length === 0) return ` ${text}`;
    const { index, 0: match } = pick(found, chance);
    return text.slice(0, index) + change(match) + text.slice(index + match.length);
  };
}

function code(letter: string, radix: number): string {
  return letter.charCodeAt(0).toString(radix);
}

function insert(text: string, what: string, chance: Chance): string {
  const at = chance(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
}

function pick<Item>(items: readonly Item[], chance: Chance): Item {
  const item = items[chance(items.length)];
  if (item === undefined) throw new Error("Internal error: nothing to pick from");
  return item;
}
