import { lockToolOf } from "../core/reduce/lock-file.ts";
import type { CommitId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";
import { tellConflict } from "./open-conflict.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { regenerateLocks } from "./regenerate-locks.ts";
import type { RunContext } from "./run-context.ts";
import { commitMergedTree } from "./tips.ts";
import type { UnitToMerge } from "./unit-to-merge.ts";
import { changedBy, unitsBetween } from "./units-between.ts";

interface Sides {
  readonly ours: CommitId;
  readonly theirs: UnitToMerge;
}

/** Lock files that both sides changed, although git finds no conflict in them: as text they may fit and still be wrong. */
export function lockFilesOfBoth(run: RunContext, { ours, theirs }: Sides): readonly string[] {
  return changedBy(run, theirs.id).filter(
    (file) =>
      lockToolOf(file)?.script !== undefined &&
      unitsBetween(run, { ours, theirs: theirs.commit }, [file]).length > 0,
  );
}

/** A merge in which they are made anew, in place of one that git made. */
export async function remakeLocks(
  run: RunContext,
  options: ReduceAttempt,
  merge: Sides & { readonly merged: CommitId; readonly locks: readonly string[] },
): Promise<Result<CommitId>> {
  const { merged, ours, theirs, locks } = merge;
  const { workspace } = run.ports;
  const files = locks.map((file) => ({ file, kind: "lock-file", by: "tool" }) as const);
  await tellConflict(run, options, { patch: theirs.id, files });
  const tree = await workspace.treeOf(merged);
  if (!tree.ok) return tree;
  const withOurs = await workspace.replaceFiles(
    tree.value,
    new Map(locks.map((path) => [path, { from: ours }])),
  );
  if (!withOurs.ok) return withOurs;
  const message = theirs.subject;
  const start = await workspace.commitTree(withOurs.value, { parents: [ours], message });
  if (!start.ok) return start;
  const remade = await regenerateLocks(run, options, {
    merged: start.value,
    ours,
    theirs: theirs.commit,
    name: theirs.id,
    locks,
  });
  if (!remade.ok) return remade;
  return remade.value === tree.value
    ? ok(merged)
    : commitMergedTree(run, { ours, theirs: theirs.commit, message }, remade.value);
}
