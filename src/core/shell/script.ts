/**
 * What a shell text means, as far as it can be known without running it. `read-script.ts` makes it from the parser's
 * tree; everything that judges looks only at this, never at the text.
 *
 * Words: a *part* is one simple command with what hangs on it; a *word* is one argument after every expansion and
 * quote removal, so one written word may have become several (braces).
 */
export type ShellWord =
  /** Known byte for byte; `~`, braces, escapes and quotes are resolved. */
  | { readonly kind: "literal"; readonly text: string }
  /** File names that match when it runs. `prefix` is what stands before the first wildcard. */
  | { readonly kind: "glob"; readonly pattern: string; readonly prefix: string }
  /**
   * Known only when it runs. `shape`: "one" is exactly one word of any content (a quoted expansion); "number" is one
   * word of digits (`$?`, `$#`, `${#x}`, literal arithmetic); "many" may split into any words. `prefix` is the
   * literal text in front, if any. `why` names the construct for people: "command substitution", "$HOME".
   */
  | {
      readonly kind: "dynamic";
      readonly shape: "one" | "number" | "many";
      readonly prefix: string;
      readonly why: string;
    };

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord;
  /** `+=`, `name[index]=` or `name=( … )`: never a plain value. */
  readonly plain: boolean;
}

export interface ShellRedirection {
  readonly operator: "<" | ">" | ">>" | ">|" | "<>" | "&>" | "&>>" | "<&" | ">&" | "<<" | "<<<";
  readonly fd: number | undefined;
  /** The file, the descriptor number or `-`, the here-string, or the whole body of the here-document. */
  readonly target: ShellWord;
}

export interface SimpleCommand {
  readonly kind: "command";
  /** Program first; empty for a line of assignments or redirections alone. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly ShellAssignment[];
  readonly redirections: readonly ShellRedirection[];
  /** Command and process substitutions in its words, assignments and redirections: they run first. */
  readonly nested: readonly ShellNode[];
  /** The text it was read from, for people only. */
  readonly text: string;
}

/** The ways commands hang together, as far as they matter for the current folder and for what runs at all. */
export type ShellNode =
  | SimpleCommand
  /** One after the other in the same shell: `;`, newline, `&&`, `||`, `{ }`. */
  | {
      readonly kind: "sequence";
      readonly nodes: readonly ShellNode[];
      /** What stands between them, one fewer than there are nodes. */
      readonly joins: readonly ("&&" | "||" | ";")[];
    }
  /** In a shell of its own: `( )`, each side of a pipe, `&`, substitutions. A `cd` in it does not leave it. */
  | { readonly kind: "subshell"; readonly node: ShellNode; readonly background: boolean }
  /** One of them runs, none, or each any number of times: branches and bodies of `if`, `case`, `while`. */
  | { readonly kind: "branches"; readonly nodes: readonly ShellNode[] }
  /** `a | b`: data of the left reaches the right. Each member is a subshell. */
  | { readonly kind: "pipeline"; readonly nodes: readonly ShellNode[] }
  /** Redirections on a compound command. */
  | {
      readonly kind: "redirected";
      readonly node: ShellNode;
      readonly redirections: readonly ShellRedirection[];
      readonly nested: readonly ShellNode[];
    }
  /** `name() { … }`; the name must not count as a known program anywhere in the script. */
  | { readonly kind: "function"; readonly name: string; readonly body: ShellNode }
  /** A construct nobody vouches for (`[[ -v ]]`, arithmetic with names, coproc …): ask. Its parts are still searched. */
  | { readonly kind: "opaque"; readonly why: string; readonly nodes: readonly ShellNode[] };

export interface ShellScript {
  readonly node: ShellNode;
  /** The whole text is literal commands in lists and pipes: it can be written anew from `node`. */
  readonly literal: boolean;
}
