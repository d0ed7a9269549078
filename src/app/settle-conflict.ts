import { kindText } from "../core/report/conflict-text.ts";
import type { ConflictKind, FileConflict } from "../model/conflict.ts";
import { failure } from "../model/failure.ts";
import type { CommitId, TreeId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import { makeAnew } from "./make-anew.ts";
import { mergeStructurally } from "./merge-structurally.ts";
import { type OpenConflict, tellConflict } from "./open-conflict.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { resolveConflict } from "./resolve-conflict.ts";
import type { RunContext } from "./run-context.ts";
import { commitMergedTree } from "./tips.ts";

/** What came of it, and what its agents cost. */
export interface Settled {
  readonly commit: Result<CommitId>;
  readonly spent: Spend;
  /** Whose content was not git's to decide. */
  readonly files: readonly string[];
}

/**
 * Settles what code has left open: by a tool that merges syntax trees where there is one, by an agent, and lock files and generated
 * files by the tools that write them, in the end, when all else is merged.
 */
export async function settleConflict(
  run: RunContext,
  options: ReduceAttempt,
  found: OpenConflict,
): Promise<Settled> {
  const { theirs, ours } = found;
  const conflict = await withStructuralMerges(run, options, found);
  if (!conflict.ok) return { commit: conflict, spent: noSpend, files: [] };
  const { conflicts, open, tree } = conflict.value;
  await tellConflict(run, options, { patch: theirs.id, files: conflicts });
  const impossible = conflicts.filter(({ by }) => by === "nobody");
  if (impossible.length > 0) return unsettled(theirs.id, impossible);
  const forAgent = conflicts.filter(({ by }) => by === "agent").map(({ file }) => file);
  let merged: Result<TreeId> = ok(tree);
  let spent = noSpend;
  let touched = conflicts.map(({ file }) => file);
  if (forAgent.length > 0) {
    if (options.action.onConflict !== "agent")
      return unsettled(
        theirs.id,
        conflicts.filter(({ by }) => by === "agent"),
      );
    const files = open.filter(({ path }) => forAgent.includes(path));
    const resolved = await resolveConflict(run, options, { ...conflict.value, open: files });
    ({ spent, tree: merged } = resolved);
    touched = [...touched, ...resolved.files];
  }
  if (!merged.ok) return { commit: merged, spent, files: [] };
  const sides = { ours, theirs: theirs.commit, message: theirs.subject };
  const made = conflicts.filter(
    ({ by, kind }) => by === "tool" && (kind === "lock-file" || kind === "generated"),
  );
  const finished = await withMadeFiles(run, options, {
    ...sides,
    tree: merged.value,
    name: theirs.id,
    made: made.map(({ file }) => file),
  });
  if (!finished.ok) return { commit: finished, spent, files: [] };
  const commit = await commitMergedTree(run, sides, finished.value);
  return { commit, spent, files: touched };
}

async function withStructuralMerges(
  run: RunContext,
  options: ReduceAttempt,
  conflict: OpenConflict,
): Promise<Result<OpenConflict>> {
  const { ours, theirs, open } = conflict;
  const forAgent = new Set(
    conflict.conflicts.flatMap(({ file, by, kind }) =>
      by === "agent" && kind === "text" ? [file] : [],
    ),
  );
  const files = open.filter(({ path }) => forAgent.has(path));
  const merged = await mergeStructurally(run, options, { ours, name: theirs.id, files });
  if (merged.size === 0) return ok(conflict);
  const contents = new Map([...merged].map(([path, text]) => [path, { text }]));
  const tree = await run.ports.workspace.replaceFiles(conflict.tree, contents);
  if (!tree.ok) return tree;
  return ok({
    ...conflict,
    tree: tree.value,
    open: open.filter(({ path }) => !merged.has(path)),
    conflicts: conflict.conflicts.map((one) =>
      merged.has(one.file) ? { ...one, by: "tool" } : one,
    ),
  });
}

async function withMadeFiles(
  run: RunContext,
  options: ReduceAttempt,
  merge: {
    readonly tree: TreeId;
    readonly ours: CommitId;
    readonly theirs: CommitId;
    readonly message: string;
    readonly name: string;
    readonly made: readonly string[];
  },
): Promise<Result<TreeId>> {
  const { tree, ours, message, made } = merge;
  if (made.length === 0) return ok(tree);
  const merged = await run.ports.workspace.commitTree(tree, { parents: [ours], message });
  return merged.ok ? makeAnew(run, options, { ...merge, merged: merged.value }) : merged;
}

const hints: Partial<Record<ConflictKind, string>> = {
  "lock-file": "no tool is known that makes it anew: let one task alone change dependencies",
  generated:
    "it is marked as generated, so it is not merged as text: name the command that makes it in reduce.generated",
  binary: "let one task alone change it",
  mode: "it is a file on one side and a link on the other: let one task alone decide",
  submodule: "let one task alone move the submodule",
};

function unsettled(patch: UnitId, files: readonly FileConflict[]): Settled {
  const what = files.map(({ file, kind }) => `${file} (${kindText(kind)})`).join(", ");
  const hint =
    files.map(({ kind }) => hints[kind]).find((one) => one !== undefined) ??
    "set on-conflict: agent to let a reducer agent settle it, or drop to go on without it";
  const why = failure("conflict", `${patch} conflicts with what was merged before it in ${what}`, {
    hint,
  });
  return { commit: err(why), spent: noSpend, files: [] };
}
