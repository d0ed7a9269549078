import { likelyOthers, type Suspect } from "../core/reduce/other-side.ts";
import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, TreeId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import { deliveryOf } from "./act.ts";
import { goalOf } from "./goal-of.ts";
import { makeAnew } from "./make-anew.ts";
import type { MergedUnit } from "./merge-units.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { generatedIn } from "./remake-files.ts";
import { runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { rememberMerge } from "./tips.ts";
import { changedBy, scopeOf } from "./units-between.ts";

/** What stands in place of the culprit's merge. */
interface Repaired {
  readonly tip: CommitId;
  /** That the repair changed. */
  readonly files: readonly string[];
}

interface Broken {
  /** Green alone and red with what was merged before it. Its tip holds both. */
  readonly culprit: MergedUnit;
  readonly before: readonly MergedUnit[];
  readonly because: Failure;
}

/** Characters of a change that are shown: of the culprit's, and of what it may not get on with. */
const [diffMax, otherDiffMax] = [20_000, 8_000] as const;
/** Units whose change is shown, and others whose task is told. */
const [suspectsMax, othersMax] = [3, 7] as const;

/**
 * An agent makes a unit's work fit what was merged before it, on top of both. Its answer is a commit in place of the
 * merge of that unit; it counts when it stays within what the units it is about were allowed to change.
 */
export async function repairUnit(
  run: RunContext,
  options: ReduceAttempt,
  broken: Broken,
): Promise<{ readonly repaired: Result<Repaired>; readonly spent: Spend }> {
  const { unit, attempt, signal } = options;
  const { culprit } = broken;
  const opened = await run.ports.workspace.open(culprit.tip, {
    name: `${unit.id}-${attempt}-repair-${culprit.id}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return { repaired: opened, spent: noSpend };
  await using worktree = opened.value;
  const diff = await changeOf(run, culprit.id);
  const suspects = await suspectsOf(run, broken, diff);
  const write = [culprit, ...suspects].flatMap(({ id }) => scopeOf(run, id));
  const result = await runAgent(run, {
    unit,
    attempt,
    role: "reducer",
    spec: { prompt: promptOf(run, options, { ...broken, diff, suspects }), write, budget: {} },
    root: worktree.path,
    outDir: await run.ports.files.makeOutDir(unit.id, attempt),
    signal,
    name: `repair-${culprit.id}` as UnitId,
  });
  const { spent } = result;
  const delivery = deliveryOf(result);
  if (!delivery.ok) return { repaired: delivery, spent };
  const { status, summary } = delivery.value;
  if (status === "failed")
    return { repaired: err(failure("model", `the repair was given up: ${summary}`)), spent };
  const changed = await worktree.commit(culprit.subject);
  if (!changed.ok) return { repaired: changed, spent };
  if (changed.value === undefined)
    return { repaired: err(failure("model", "the repair changed nothing")), spent };
  const { files, commit } = changed.value;
  const outside = outsideScope(files, write);
  if (outside.length > 0) {
    const said = `the repair changed files outside its scope: ${outside.slice(0, 5).join(", ")}`;
    return { repaired: err(failure("out-of-scope", said)), spent };
  }
  const made = await withMadeFiles(run, options, { ...broken, commit, files });
  if (!made.ok) return { repaired: made, spent };
  const tip = await inPlaceOf(run, broken, made.value.tree);
  return { repaired: tip.ok ? ok({ tip: tip.value, files: made.value.files }) : tip, spent };
}

/** What a repair changed may be what generated files are made from. */
async function withMadeFiles(
  run: RunContext,
  options: ReduceAttempt,
  repair: Broken & { readonly commit: CommitId; readonly files: readonly string[] },
): Promise<Result<{ readonly tree: TreeId; readonly files: readonly string[] }>> {
  const { culprit, before, commit, files } = repair;
  const merged = [...before, culprit].flatMap(({ id }) => changedBy(run, id));
  const sides = { ours: merged, theirs: files };
  const made = await generatedIn(run, { ...options, sides }, commit);
  if (!made.ok) return made;
  const name = `repair-${culprit.id}`;
  const two = { ours: culprit.tip, theirs: commit };
  const tree =
    made.value.length === 0
      ? await run.ports.workspace.treeOf(commit)
      : await makeAnew(run, options, { merged: commit, ...two, name, made: made.value });
  return tree.ok ? ok({ tree: tree.value, files: [...files, ...made.value] }) : tree;
}

/** One commit on what was merged before, so that the result has one for each unit. */
async function inPlaceOf(
  run: RunContext,
  { culprit, before }: Broken,
  tree: TreeId,
): Promise<Result<CommitId>> {
  const { workspace } = run.ports;
  const onto = before.at(-1)?.tip ?? run.tips.get(culprit.id)?.base ?? run.base;
  const commit = await workspace.commitTree(tree, {
    parents: [onto],
    message: culprit.subject,
  });
  if (!commit.ok) return commit;
  await rememberMerge(run, commit.value, [onto, culprit.commit]);
  return ok(commit.value);
}

/** Units merged before that the culprit does not get on with, most likely, with what they changed. */
async function suspectsOf(
  run: RunContext,
  { before, because }: Broken,
  diff: string,
): Promise<readonly Suspect[]> {
  const suspects: Suspect[] = [];
  for (const { id } of before)
    suspects.push({ id, files: changedBy(run, id), diff: await changeOf(run, id) });
  const error = `${because.message}\n${because.detail ?? ""}`;
  return likelyOthers({ diff, error }, suspects).slice(0, suspectsMax);
}

async function changeOf(run: RunContext, id: UnitId): Promise<string> {
  const tip = run.tips.get(id);
  if (tip?.commit === undefined) return "";
  const diff = await run.ports.workspace.diffText(tip.base, tip.commit);
  return diff.ok ? diff.value : "";
}

function promptOf(
  run: RunContext,
  { unit, action }: ReduceAttempt,
  broken: Broken & { readonly diff: string; readonly suspects: readonly Suspect[] },
): string {
  const { culprit, before, because, diff, suspects } = broken;
  const shown = new Set(suspects.map(({ id }) => id));
  const others = before.filter(({ id }) => !shown.has(id)).slice(-othersMax);
  const checks = [...action.verify, ...unit.verify].flatMap((step) =>
    step.kind === "run" ? [step.run] : [],
  );
  return [
    `Each change passed its own checks, but since ${culprit.id} was merged this is red: ${checks.join(" && ")}`,
    `It says: ${because.message}\n${because.detail ?? ""}`,
    "Your worktree holds all of them merged. Make the check green. Keep what every change was to do; change nothing else.",
    `${culprit.id} was to do: ${goalOf(run, culprit.id)}`,
    `It changed:\n${diff.slice(0, diffMax)}`,
    ...suspects.map(
      (one) =>
        `${one.id}, merged before it and likely what it does not fit, was to do: ${goalOf(run, one.id)}\nIt changed:\n${one.diff.slice(0, otherDiffMax)}`,
    ),
    ...others.map(({ id }) => `${id}, merged before it, was to do: ${goalOf(run, id)}`),
  ].join("\n\n");
}
