import { among, isStale } from "../core/reduce/is-stale.ts";
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

interface Merge {
  readonly ours: CommitId;
  readonly theirs: UnitToMerge;
  readonly merged: CommitId;
}

/** Files to be made anew in a merge that git, or somebody, has made of them as text. */
export interface StaleFiles {
  /** Changed on both sides: what stands there may fit as text and still be wrong. */
  readonly ofBoth: readonly string[];
  /** Of one side, or of none, made from what both changed. */
  readonly others: readonly string[];
}

/** What of a merge is to be made anew. */
export async function staleFiles(
  run: RunContext,
  { action }: ReduceAttempt,
  { ours, theirs, merged }: Merge,
): Promise<Result<StaleFiles>> {
  const brought = changedBetween(run, theirs.commit, ours);
  const made = brought.filter((file) => makingOf(file, action.generated)?.script !== undefined);
  if (made.length === 0 && action.generated.length === 0) return ok({ ofBoth: [], others: [] });
  const sides = { ours: changedBetween(run, ours, theirs.commit), theirs: brought };
  const onOurs = new Set(sides.ours);
  const ofBoth = made.filter((file) => onOurs.has(file));
  const stale = await generatedIn(run, { action, sides }, merged);
  if (!stale.ok) return stale;
  const both = new Set(ofBoth);
  return ok({ ofBoth, others: stale.value.filter((file) => !both.has(file)) });
}

/** Generated files of a commit that are stale by what two sides of it changed. */
export async function generatedIn(
  run: RunContext,
  of: Pick<ReduceAttempt, "action"> & { readonly sides: Parameters<typeof isStale>[1] },
  commit: CommitId,
): Promise<Result<readonly string[]>> {
  const stale = of.action.generated.filter((made) => isStale(made, of.sides));
  if (stale.length === 0) return ok([]);
  const there = await run.ports.workspace.listFiles(commit);
  return there.ok ? ok(there.value.filter(among(stale.flatMap(({ files }) => files)))) : there;
}

function changedBetween(run: RunContext, ours: CommitId, theirs: CommitId): readonly string[] {
  const units = unitsBetween(run, { ours, theirs });
  return [...new Set(units.flatMap((id) => changedBy(run, id)))];
}

/** A merge in which they are made anew, in place of `merged`, and which of them are not as they stood there. */
export async function remakeFiles(
  run: RunContext,
  options: ReduceAttempt,
  merge: Merge & { readonly stale: StaleFiles },
): Promise<Result<{ readonly commit: CommitId; readonly files: readonly string[] }>> {
  const { merged, ours, theirs, stale } = merge;
  const { workspace } = run.ports;
  const tell = (files: readonly string[]): Promise<void> =>
    files.length === 0
      ? Promise.resolve()
      : tellConflict(run, options, {
          patch: theirs.id,
          files: files.map((file) => byTool(file, options)),
        });
  await tell(stale.ofBoth);
  const tree = await workspace.treeOf(merged);
  if (!tree.ok) return tree;
  const withOurs = await workspace.replaceFiles(
    tree.value,
    new Map(stale.ofBoth.map((path) => [path, { from: ours }])),
  );
  if (!withOurs.ok) return withOurs;
  const message = theirs.subject;
  const start = await workspace.commitTree(withOurs.value, { parents: [ours], message });
  if (!start.ok) return start;
  const sides = { ours, theirs: theirs.commit };
  const made = [...stale.ofBoth, ...stale.others];
  const remade = await makeAnew(run, options, {
    merged: start.value,
    ...sides,
    name: theirs.id,
    made,
  });
  if (!remade.ok) return remade;
  if (remade.value === tree.value) return ok({ commit: merged, files: stale.ofBoth });
  const commit = await commitMergedTree(run, { ...sides, message }, remade.value);
  if (!commit.ok) return commit;
  const changed = await workspace.patchOf(merged, commit.value);
  if (!changed.ok) return changed;
  const others = stale.others.filter((file) => changed.value.files.includes(file));
  await tell(others);
  return ok({ commit: commit.value, files: [...stale.ofBoth, ...others] });
}

function byTool(file: string, { action }: ReduceAttempt): FileConflict {
  return { file, kind: makingOf(file, action.generated)?.kind ?? "generated", by: "tool" };
}
