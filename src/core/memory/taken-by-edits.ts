import { userEvidence } from "./evidence.ts";
import { sourceName } from "./source-name.ts";
import type { Statement } from "./statement.ts";

/**
 * Which statements are over by a later edit of the same fact that a person made elsewhere: here nobody forgot what it was made of. `edited`
 * has the names.
 */
export function takenByEdits(
  statements: readonly Statement[],
  edited: ReadonlyMap<string, string>,
): ReadonlyMap<Statement, Statement> {
  if (edited.size === 0) return new Map();
  const byName = new Map(statements.map((one) => [sourceName(one.observation), one]));
  return new Map(
    statements.flatMap((one) => {
      const later = byName.get(edited.get(sourceName(one.observation)) ?? "");
      return later !== undefined && later.evidence === userEvidence && later.scope === one.scope
        ? [[one, later] as const]
        : [];
    }),
  );
}
