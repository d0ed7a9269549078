import type { ConflictKind, FileConflict } from "../../model/conflict.ts";

/** Files of a conflict with their kinds and who settles them: `a.ts (adjacent lines: code)`. */
export function conflictText(files: readonly FileConflict[]): string {
  return files.map(({ file, kind, by }) => `${file} (${kindText(kind)}: ${by})`).join(", ");
}

export function kindText(kind: ConflictKind): string {
  return kind.replaceAll("-", " ");
}
