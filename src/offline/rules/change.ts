/** What the offline model can do to a repository, as data. `describe.ts` says each in words, `understand.ts` reads words. */
export type Change =
  | RenameChange
  | RenameMethodChange
  | { readonly kind: "node-prefix" }
  | MoveImportChange
  | ReplacePatternChange
  | AddArgumentChange
  | RemoveArgumentChange
  | ReplaceTextChange
  | { readonly kind: "remove-unused-import"; readonly name: string };

export interface RenameChange {
  readonly kind: "rename";
  readonly from: string;
  readonly to: string;
  /** Also where comments and Markdown mention the name. */
  readonly mentions: boolean;
}

export interface RenameMethodChange {
  readonly kind: "rename-method";
  readonly from: string;
  readonly to: string;
  /** Only `.from(…)`; otherwise every property of that name, declarations too. */
  readonly callsOnly: boolean;
}

export interface MoveImportChange {
  readonly kind: "move-import";
  readonly from: string;
  readonly to: string;
  /** Only this exported name; undefined: the whole import. */
  readonly name?: string;
}

/** Pattern and replacement in ast-grep's notation: `$A` is one node, `$$$A` any number. */
export interface ReplacePatternChange {
  readonly kind: "replace-pattern";
  readonly pattern: string;
  readonly replacement: string;
}

export interface AddArgumentChange {
  readonly kind: "add-argument";
  /** As it is called: `f`, `logger.info`. */
  readonly callee: string;
  readonly argument: string;
  readonly at: "first" | "last";
}

export interface RemoveArgumentChange {
  readonly kind: "remove-argument";
  readonly callee: string;
  /** The argument's text, or its place counted from 1. */
  readonly argument: string | number;
}

export interface ReplaceTextChange {
  readonly kind: "replace-text";
  readonly from: string;
  readonly to: string;
}

/** A change and where it is wanted. */
export interface Order {
  readonly change: Change;
  /** Globs or folders named in the task; empty: wherever the write scope allows. */
  readonly paths: readonly string[];
}
