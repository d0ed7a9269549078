import { outsideScope } from "../core/scope.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import { deliveryOf } from "./act.ts";
import { goalOf } from "./goal-of.ts";
import type { MergedUnit } from "./merge-units.ts";
import type { ReduceAttempt } from "./reduce-attempt.ts";
import { runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { rememberMerge } from "./tips.ts";

interface Broken {
  /** Green alone and red with what was merged before it. Its tip holds both. */
  readonly culprit: MergedUnit;
  readonly before: readonly MergedUnit[];
  readonly because: Failure;
}

/** Characters of the culprit's own change that are shown. */
const diffMax = 20_000;
/** Other units whose task is told; those that the error speaks of come first. */
const othersMax = 10;

/**
 * An agent makes a unit's work fit what was merged before it, on top of both. Its answer is a commit in place of the
 * merge of that unit; it counts when it stays within what the units it is about were allowed to change.
 */
export async function repairUnit(
  run: RunContext,
  options: ReduceAttempt,
  broken: Broken,
): Promise<{ readonly commit: Result<CommitId>; readonly spent: Spend }> {
  const { unit, attempt, signal } = options;
  const { culprit } = broken;
  const opened = await run.ports.workspace.open(culprit.tip, {
    name: `${unit.id}-${attempt}-repair-${culprit.id}`,
    deps: run.settings.deps,
  });
  if (!opened.ok) return { commit: opened, spent: noSpend };
  await using worktree = opened.value;
  const involved = unitsInvolved(run, broken);
  const write = [culprit.id, ...involved].flatMap((id) => scopeOf(run, id));
  const result = await runAgent(run, {
    unit,
    attempt,
    role: "reducer",
    spec: { prompt: await promptOf(run, options, broken), write, budget: {} },
    root: worktree.path,
    outDir: await run.ports.files.makeOutDir(unit.id, attempt),
    signal,
    name: `repair-${culprit.id}` as UnitId,
  });
  const { spent } = result;
  const delivery = deliveryOf(result);
  if (!delivery.ok) return { commit: delivery, spent };
  const { status, summary } = delivery.value;
  if (status === "failed")
    return { commit: err(failure("model", `the repair was given up: ${summary}`)), spent };
  const changed = await worktree.commit(culprit.subject);
  if (!changed.ok) return { commit: changed, spent };
  if (changed.value === undefined)
    return { commit: err(failure("model", "the repair changed nothing")), spent };
  const outside = outsideScope(changed.value.files, write);
  if (outside.length > 0) {
    const said = `the repair changed files outside its scope: ${outside.slice(0, 5).join(", ")}`;
    return { commit: err(failure("out-of-scope", said)), spent };
  }
  return { commit: await inPlaceOf(run, broken, changed.value.commit), spent };
}

/** One commit on what was merged before, so that the result has one for each unit. */
async function inPlaceOf(
  run: RunContext,
  { culprit, before }: Broken,
  repaired: CommitId,
): Promise<Result<CommitId>> {
  const { workspace } = run.ports;
  const onto = before.at(-1)?.tip ?? run.tips.get(culprit.id)?.base ?? run.base;
  const tree = await workspace.treeOf(repaired);
  if (!tree.ok) return tree;
  const commit = await workspace.commitTree(tree.value, {
    parents: [onto],
    message: culprit.subject,
  });
  if (!commit.ok) return commit;
  await rememberMerge(run, commit.value, [onto, culprit.commit]);
  return ok(commit.value);
}

/** Units merged before whose files the error names: what the culprit does not get on with, most likely. */
function unitsInvolved(run: RunContext, { before, because }: Broken): readonly UnitId[] {
  const said = because.detail ?? "";
  return before
    .filter(({ id }) => filesOf(run, id).some((file) => said.includes(file)))
    .map(({ id }) => id);
}

function filesOf(run: RunContext, id: UnitId): readonly string[] {
  const record = run.state.units.get(id);
  return record?.status === "ended" ? (record.finished.patch?.files ?? []) : [];
}

/** What a unit was allowed to change; of one without an agent, what it did change. */
function scopeOf(run: RunContext, id: UnitId): readonly string[] {
  const action = run.state.units.get(id)?.unit.action;
  if (action?.kind === "agent") return action.write;
  const steps = action?.kind === "steps" ? action.steps : [];
  const written = steps.flatMap((step) => (step.action.kind === "agent" ? step.action.write : []));
  return [...written, ...filesOf(run, id)];
}

async function promptOf(
  run: RunContext,
  { unit, action }: ReduceAttempt,
  broken: Broken,
): Promise<string> {
  const { culprit, before, because } = broken;
  const onto = before.at(-1)?.tip ?? run.base;
  const diff = await run.ports.workspace.diffText(onto, culprit.tip);
  const involved = new Set(unitsInvolved(run, broken));
  const others = before
    .toSorted((a, b) => Number(involved.has(b.id)) - Number(involved.has(a.id)))
    .slice(0, othersMax);
  const checks = [...action.verify, ...unit.verify].flatMap((step) =>
    step.kind === "run" ? [step.run] : [],
  );
  return [
    `Each change passed its own checks, but since ${culprit.id} was merged this is red: ${checks.join(" && ")}`,
    `It says: ${because.message}\n${because.detail ?? ""}`,
    "Your worktree holds all of them merged. Make the check green. Keep what every change was to do; change nothing else.",
    `${culprit.id} was to do: ${goalOf(run, culprit.id)}`,
    diff.ok ? `It changed:\n${diff.value.slice(0, diffMax)}` : "",
    ...others.map(({ id }) => `${id}, merged before it, was to do: ${goalOf(run, id)}`),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
