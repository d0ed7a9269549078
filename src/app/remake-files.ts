import { makingOf } from "../core/reduce/making-of.ts";
import type { FileConflict } from "../model/conflict.ts";
import type { CommitId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";
import { makeAnew } from "./make-anew.ts";
import { tellConflict } from "./open-conflict.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import type { RunContext } from "./run-context.ts";
import { commitMergedTree } from "./tips.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";
import { changedBy, unitsBetween } from "./units-between.ts";

interface Sides {
  readonly ours: CommitId;
  readonly theirs: UnitToMerge;
}

/**
 * Lock files and generated files that both sides changed, although git finds no conflict in them: as text they may fit and
 * still be wrong.
 */
export function madeFilesOfBoth(
  run: RunContext,
  { action }: ReduceAttempt,
  { ours, theirs }: Sides,
): readonly string[] {
  const made = changedBy(run, theirs.id).filter(
    (file) => makingOf(file, action.generated)?.script !== undefined,
  );
  if (made.length === 0) return [];
  const before = unitsBetween(run, { ours, theirs: theirs.commit }, made);
  const both = new Set(before.flatMap((id) => changedBy(run, id)));
  return made.filter((file) => both.has(file));
}

/** A merge in which they are made anew, in place of one that git made. */
export async function remakeFiles(
  run: RunContext,
  options: ReduceAttempt,
  merge: Sides & { readonly merged: CommitId; readonly made: readonly string[] },
): Promise<Result<CommitId>> {
  const { merged, ours, theirs, made } = merge;
  const { workspace } = run.ports;
  const files = made.map((file): FileConflict => {
    const kind = makingOf(file, options.action.generated)?.kind ?? "generated";
    return { file, kind, by: "tool" };
  });
  await tellConflict(run, options, { patch: theirs.id, files });
  const tree = await workspace.treeOf(merged);
  if (!tree.ok) return tree;
  const withOurs = await workspace.replaceFiles(
    tree.value,
    new Map(made.map((path) => [path, { from: ours }])),
  );
  if (!withOurs.ok) return withOurs;
  const message = theirs.subject;
  const start = await workspace.commitTree(withOurs.value, { parents: [ours], message });
  if (!start.ok) return start;
  const remade = await makeAnew(run, options, {
    merged: start.value,
    ours,
    theirs: theirs.commit,
    name: theirs.id,
    made,
  });
  if (!remade.ok) return remade;
  return remade.value === tree.value
    ? ok(merged)
    : commitMergedTree(run, { ours, theirs: theirs.commit, message }, remade.value);
}
