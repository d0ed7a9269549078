import type { Command, CommandArgument } from "unbash";

/** Builtins that read their words again: as a script, a sum, or a name with a computed place in brackets. */
const readsAgain: ReadonlySet<string> = new Set(
  "eval let unset read trap wait getopts mapfile readarray compgen complete".split(" "),
);
const declares: ReadonlySet<string> = new Set(["declare", "typeset", "local"]);
const isShell = /(?:^|\/)(?:ba|da|k|z|a)?sh$/;
const asksWhetherSet: ReadonlySet<string> = new Set(["-v", "-R"]);

/** Those of a command's words that it takes as they are. Bash reads others again, whatever their quotes. */
export function wordsTakenAsGiven(
  command: Command,
  isValue: (word: CommandArgument) => boolean,
): readonly CommandArgument[] {
  const { name, args } = calledBy(command);
  const texts = args.map(textOf);
  if (readsAgain.has(name)) return [];
  // Behind any other command, too: `xargs bash -c`.
  const shell = [name, ...texts].findIndex((text) => isShell.test(text));
  if (shell !== -1 && texts.slice(shell).some((text) => /^-\w*c/.test(text))) return [];
  if (declares.has(name))
    return texts.some((text) => /^[-+]\w*[aA]/.test(text))
      ? []
      : args.filter(({ type }) => type === "Assignment");
  if (name === "printf") return formatOn(args, isValue);
  if (name !== "test" && name !== "[") return args;
  const isPair = args.some((arg, at) => isValue(arg) && args.slice(at + 1, at + 2).some(isValue));
  return isPair || texts.some((text) => asksWhetherSet.has(text)) ? [] : args;
}

/** Whether a command gives variables a kind by which whatever they are set to is computed, or is another's name. */
export function givesKind(command: Command): boolean {
  const { name, args } = calledBy(command);
  return declares.has(name) && args.some((arg) => /^-\w*[in]/.test(textOf(arg)));
}

function calledBy({ name, args }: Command): {
  readonly name: string;
  readonly args: readonly CommandArgument[];
} {
  const first = name?.value ?? "";
  if (first !== "builtin" && first !== "command") return { name: first, args };
  const at = args.findIndex((arg) => !textOf(arg).startsWith("-"));
  const called = args[at];
  return called === undefined
    ? { name: first, args: [] }
    : { name: textOf(called), args: args.slice(at + 1) };
}

/** From the format on; a value in front could be `-v` and a name. */
function formatOn(
  args: readonly CommandArgument[],
  isValue: (word: CommandArgument) => boolean,
): readonly CommandArgument[] {
  const [first] = args.map(textOf);
  if (first === "-v") return formatOn(args.slice(2), isValue);
  const isName = first?.startsWith("-v") === true || args.slice(0, 1).some(isValue);
  return isName ? args.slice(1) : args;
}

function textOf(word: CommandArgument): string {
  return word.type === "Word" ? word.value : word.text;
}
