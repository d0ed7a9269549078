import { readScript } from "../shell/read-script.ts";
import type { SimpleCommand } from "../shell/script.ts";

/** The words a command must begin with; `exact`: and end. */
export interface CommandPattern {
  readonly words: readonly string[];
  readonly exact: boolean;
}

/**
 * `npm run test:*` and `npm run test *` are beginnings, word by word; without the star it is the whole command.
 * Undefined for anything but literal words of one command: a rule is no place for expansions.
 */
export function commandPattern(specifier: string): CommandPattern | undefined {
  const [, beginning] = /^(.*?)(?::\*|\s+\*)$/s.exec(specifier) ?? [];
  const read = readScript(beginning ?? specifier, { home: "~" });
  if (read.kind !== "read" || read.script.node.kind !== "command") return undefined;
  const words = literalWords(read.script.node);
  if (words === undefined || words.length === 0) return undefined;
  return { words, exact: beginning === undefined };
}

/** For rules that allow: the whole command is literal, and begins with the words of the rule. */
export function permitsCommand(pattern: CommandPattern, command: SimpleCommand): boolean {
  const words = literalWords(command);
  if (words === undefined || (pattern.exact && words.length !== pattern.words.length)) return false;
  return pattern.words.every((word, index) => words[index] === word);
}

/** For rules that narrow: the words stand anywhere, so that no wrapper in front hides the command. */
export function concernsCommand(pattern: CommandPattern, command: SimpleCommand): boolean {
  const words = command.words.map((word) => (word.kind === "literal" ? word.text : undefined));
  return words.some((first, at) => {
    const isNamed = first === pattern.words[0] || first?.endsWith(`/${pattern.words[0]}`) === true;
    return isNamed && pattern.words.slice(1).every((word, index) => words[at + 1 + index] === word);
  });
}

function literalWords({ words }: SimpleCommand): readonly string[] | undefined {
  const texts = words.map((word) => (word.kind === "literal" ? word.text : undefined));
  return texts.includes(undefined) ? undefined : texts.map((text) => text ?? "");
}
