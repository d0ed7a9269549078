/** What two sides did to one file that git does not merge. */
export const conflictKinds = [
  /** Both made the same edit, alone or within a larger one. */
  "same-edit",
  /** Edits of lines that lie next to each other. */
  "adjacent-lines",
  /** Imports, exports, or a sorted list: whole items came and went. */
  "list",
  /** Keys of a JSON object. */
  "json",
  /** Entries at the same place of a change log. */
  "appended",
  "lock-file",
  /** Made by a program, as `.gitattributes` says. */
  "generated",
  /** The same lines changed in different ways. */
  "text",
  "both-added",
  "modify-delete",
  "rename",
  /** A file on one side, a folder on the other. */
  "file-folder",
  /** A file, a link or a program on one side, another of them on the other. */
  "mode",
  "binary",
  "submodule",
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

/** Who settles a conflict; nobody: what it is leaves nothing to ask an agent for. */
export const settlers = ["code", "tool", "agent", "nobody"] as const;
export type Settler = (typeof settlers)[number];

export interface FileConflict {
  readonly file: string;
  readonly kind: ConflictKind;
  readonly by: Settler;
}
