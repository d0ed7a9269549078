import type { ShellWord, SimpleCommand } from "../script.ts";
import type { ShellScene } from "../shell-scene.ts";
import type { ShellVerdict } from "../verdict.ts";

/** Where a command stands when it is judged. */
export interface CommandPlace {
  readonly scene: ShellScene;
  /** Absolute; undefined: nobody knows. */
  readonly cwd: string | undefined;
  readonly stdin: "none" | "pipe" | "file";
  /** Judges a command inside the command: what a wrapper such as `env` or `xargs` runs. */
  readonly judgeInner: (command: SimpleCommand) => ShellVerdict;
}

/** What a value or an operand is, and so what is asked of it. */
export type ValueRule =
  /** Text that is only compared, printed or counted with. */
  | "text"
  | "number"
  /** A file or folder that is read. */
  | "path"
  /** A folder that is read with everything below it. */
  | "tree"
  /** One of these texts. */
  | readonly string[]
  | ((word: ShellWord, place: CommandPlace) => ShellVerdict);

/** A call taken apart by its policy: options known, operands in order. */
export interface ParsedCall {
  readonly options: readonly { readonly name: string; readonly value: ShellWord | undefined }[];
  readonly operands: readonly ShellWord[];
}

/**
 * What is known of a program, from its manual: everything in here only looks. What is not in here is asked about, so an
 * option is left out when it writes, runs something, or reads what is not named on the command line.
 */
export interface ProgramPolicy {
  readonly names: readonly string[];
  /** Part of bash: PATH has no say. */
  readonly isBuiltin?: boolean;
  /** Short options without a value, one letter each. */
  readonly flags?: string;
  /** Long options without a value, without the dashes, between blanks. */
  readonly long?: string;
  /** Options with a value: of one letter short (`-n 5`, `-n5`), otherwise long (`--lines 5`, `--lines=5`). */
  readonly values?: Readonly<Record<string, ValueRule>>;
  /** Options with a value that can only be attached, and may be left out: `-U5`, `--color=never`. */
  readonly attached?: Readonly<Record<string, ValueRule>>;
  /** Long options with a name and a value behind them, two words of text. */
  readonly pairs?: readonly string[];
  /** It only shows its words, whatever they are; patterns stay as they are. */
  readonly takesAnything?: boolean;
  /** A file that a pattern stands for could be taken for a part of its language. */
  readonly noPatterns?: boolean;
  /** Short options are never written together: what follows a letter is its value, or is not read at all. */
  readonly singly?: boolean;
  /** The value of a short option is the next word, also where letters follow in its cluster; digits may be attached. */
  readonly valuesApart?: boolean;
  /** `-5` means a number. */
  readonly digits?: boolean;
  /** Options end at the first operand. */
  readonly optionsFirst?: boolean;
  /** What operands are; a list: the first ones and, last, all others. */
  readonly operands:
    | "none"
    | ValueRule
    | { readonly first: readonly ValueRule[]; readonly rest: ValueRule };
  readonly operandsMax?: number;
  readonly operandsMin?: number;
  /** No option of the program does harm, so a word may turn out to be one. */
  readonly harmless?: boolean;
  /** Options that make the first operand one of the others: `grep -e`. */
  readonly withoutFirst?: readonly string[];
  /** What the rest cannot say. */
  readonly check?: (call: ParsedCall, place: CommandPlace) => ShellVerdict;
  /** Takes the whole call, for programs with a language of their own on the command line. */
  readonly judge?: (command: SimpleCommand, place: CommandPlace) => ShellVerdict;
  /** Commands that are allowed, and not, by this policy; a test holds them. */
  readonly allow: readonly string[];
  readonly notAllow: readonly string[];
}
