import type { CommitId, UnitId } from "../model/ids.ts";
import { goalOf } from "./goal-of.ts";
import type { OpenConflict } from "./open-conflict.ts";
import type { RunContext } from "./run-context.ts";
import { openPaths } from "./tips.ts";
import { scopeOf } from "./units-between.ts";

/** Characters of one unit's change that are shown, and units of the other side. */
const [diffMax, othersMax] = [8_000, 5] as const;

/** What is in conflict, and what both sides were to do, from their contracts: the reducer judges by intent, not by text alone. */
export async function conflictPrompt(
  run: RunContext,
  conflict: OpenConflict & { readonly others: readonly UnitId[] },
): Promise<string> {
  const { theirs, others, conflicts, messages } = conflict;
  const files = openPaths(conflict);
  const done = conflicts.filter(({ by }) => by !== "agent").map(({ file }) => file);
  const sides = await Promise.all(others.slice(0, othersMax).map((id) => sideText(run, id, files)));
  return [
    `Resolve the merge conflicts in: ${files.join(", ")}.`,
    "Text files hold diff3 markers: between <<<<<<< and ||||||| what was merged already, then the common base, then between ======= and >>>>>>> the change to bring in. Keep what both sides were to do; leave no marker; change nothing else.",
    ...(done.length === 0
      ? []
      : [`Settled without you, and not yours to change: ${done.join(", ")}.`]),
    `The change to bring in: ${await sideText(run, theirs.id, files)}`,
    ...(sides.length === 0 ? [] : [`Merged already: ${sides.join("\n\n")}`]),
    `git says:\n${messages}`,
  ].join("\n\n");
}

/** A unit's contract, and what it made of the files. */
async function sideText(run: RunContext, id: UnitId, files: readonly string[]): Promise<string> {
  const tip = run.tips.get(id);
  const diff = tip?.commit === undefined ? "" : await diffOf(run, tip.base, tip.commit, files);
  return [
    `${id} was to do: ${goalOf(run, id)}`,
    `It may change: ${scopeOf(run, id).slice(0, 20).join(", ")}`,
    ...(diff === "" ? [] : [`It changed of these files:\n${diff}`]),
  ].join("\n");
}

async function diffOf(
  run: RunContext,
  base: CommitId,
  commit: CommitId,
  files: readonly string[],
): Promise<string> {
  const diff = await run.ports.workspace.diffText(base, commit, files);
  return diff.ok ? diff.value.slice(0, diffMax) : "";
}
