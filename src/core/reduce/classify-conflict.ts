import type { ConflictKind, Settler } from "../../model/conflict.ts";
import type { FileAttributes } from "./attributes.ts";
import type { Making } from "./making-of.ts";

/** One path of a conflict, as git tells of it. */
export interface ConflictFacts {
  readonly path: string;
  /** Kinds of git's messages that name the path: `CONFLICT (modify/delete)` and the like. */
  readonly said: readonly string[];
  /** Modes of the versions that there are. */
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
}

/** What git's messages mean. Some are about a path without naming a version of it. */
const saidOf: readonly (readonly [RegExp, ConflictKind])[] = [
  [/submodule/, "submodule"],
  [/distinct (?:modes|types)/, "mode"],
  [/binary/, "binary"],
  [/file\/directory/, "file-folder"],
  [/rename|suggested/, "rename"],
  [/modify\/delete/, "modify-delete"],
];

/** Those are asked about who can work with text; an agent has no words for the others. */
const withoutWords: ReadonlySet<ConflictKind> = new Set([
  "submodule",
  "mode",
  "binary",
  "generated",
]);

/** What kind of a conflict it is, and who is to settle it if not code. */
export function classifyConflict(
  facts: ConflictFacts,
  { isGenerated }: FileAttributes,
  making: Making | undefined,
): { readonly kind: ConflictKind; readonly by: Exclude<Settler, "code"> } {
  const { base, ours, theirs } = facts;
  const modes = [base, ours, theirs].filter((mode) => mode !== undefined);
  const inBoth = ours !== undefined && theirs !== undefined;
  if (modes.includes("160000")) return { kind: "submodule", by: "nobody" };
  if (making !== undefined) {
    const isMade = inBoth && (making.script !== undefined || making.isUnion);
    return { kind: making.kind, by: isMade ? "tool" : "nobody" };
  }
  if (isGenerated) return { kind: "generated", by: "nobody" };
  const said = saidOf.find(([message]) => facts.said.some((one) => message.test(one)))?.[1];
  const isLink = modes.includes("120000");
  const kind = isLink ? "mode" : (said ?? (base === undefined && inBoth ? "both-added" : "text"));
  return { kind, by: withoutWords.has(kind) ? "nobody" : "agent" };
}
