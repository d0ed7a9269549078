import type { Change } from "../change.ts";
import { isIdentifier } from "../identifier.ts";
import { type Phrase, valueOf } from "./phrase.ts";

const move =
  /^(?:move|change|switch|rename|update|migrate|rewrite|replace)\s+(?:(?:all|every|each|the|any)\s+)*(?:named\s+)?(?:imports?|requires?)(?:\s+(?:path|source|specifier|statements?)s?)?\s+(?:of\s+)?(?:(\S+)\s+)?from\s+(\S+)\s+(?:to|with|by|into|->|=>|→)\s+(?:(?:come\s+)?from\s+)?(\S+)$/i;
const moveName = /^(?:move|switch)\s+(?:the\s+)?imported\s+(\S+)\s+from\s+(\S+)\s+to\s+(\S+)$/i;
const insteadOf =
  /^(?:import|require|load)\s+(?:(\S+)\s+)?from\s+(\S+)\s+(?:instead of|rather than)\s+(?:from\s+)?(\S+)$/i;
const path =
  /^(?:rename|move|change|update|replace|switch)\s+(?:(?:all|every|each|the)\s+)*(?:import|module|require)s?\s+(?:(?:path|specifier|source|of)s?\s+)?(\S+)\s+(?:to|with|by|into|->|=>|→)\s+(\S+)$/i;
const unused =
  /^(?:remove|delete|drop)\s+(?:(?:all|the|every|any)\s+)*unused\s+imports?\s+(?:of\s+|named\s+)?(\S+)$/i;

/** "move the import of X from 'a' to 'b'", "import X from 'b' instead of 'a'", "remove the unused import of X". */
export const readImports: Phrase = (clause, quoted) => {
  const value = (word: string | undefined): string => valueOf(word ?? "", quoted);
  const gone = unused.exec(clause);
  if (gone !== null) {
    const name = value(gone[1]);
    return isIdentifier(name) ? [{ kind: "remove-unused-import", name }] : undefined;
  }
  const moved = move.exec(clause) ?? moveName.exec(clause);
  if (moved !== null) return change(moved[1] && value(moved[1]), value(moved[2]), value(moved[3]));
  const instead = insteadOf.exec(clause);
  if (instead !== null)
    return change(instead[1] && value(instead[1]), value(instead[3]), value(instead[2]));
  const renamed = path.exec(clause);
  return renamed === null ? undefined : change(undefined, value(renamed[1]), value(renamed[2]));
};

const specifier = /^[\w@.#~/:+-]+$/;

function change(name: string | undefined, from: string, to: string): readonly Change[] | undefined {
  const bare = name?.replaceAll(/^\{\s*|\s*\}$/g, "");
  if (!specifier.test(from) || !specifier.test(to) || from === to) return undefined;
  if (bare === undefined || bare === "") return [{ kind: "move-import", from, to }];
  return isIdentifier(bare) ? [{ kind: "move-import", from, to, name: bare }] : undefined;
}
