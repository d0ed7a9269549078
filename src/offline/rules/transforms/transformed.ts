import type { TextEdit } from "../../../core/codemod/text-edit.ts";

/** What a change means for one file. */
export interface Transformed {
  readonly edits: readonly TextEdit[];
  /** What was left as it is on purpose, for the report. */
  readonly notes: readonly string[];
  /** Why the change would break this file: nothing of it may be delivered. */
  readonly blocked?: string;
}

export const untouched: Transformed = { edits: [], notes: [] };

/** What a transform has to know beyond the file itself. */
export interface Facts {
  /** Whether an import specifier names something outside this repository (built-in modules included). */
  readonly isForeign: (specifier: string) => boolean;
  /** Whether the package a file belongs to depends on an npm package of this name. */
  readonly dependsOn: (path: string, name: string) => boolean;
  /** The same for facts that answer alike. */
  readonly key: string;
}

export function isRelative(specifier: string): boolean {
  return /^(?:\.{0,2}\/|\.{1,2}$|#|~\/|@\/)/.test(specifier);
}
