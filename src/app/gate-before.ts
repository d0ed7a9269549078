import { evaluate, type ExpressionContext } from "../core/expression/evaluate.ts";
import { isTrue } from "../core/expression/functions.ts";
import { resolveText } from "../core/expression/resolve.ts";
import { shownCount, shownDuration, shownTokens, shownUsd } from "../core/report/figures.ts";
import type { ReachedGate } from "../model/gate.ts";
import type { Gate, GateFact, Task } from "../model/plan.ts";
import { ok, type Result } from "../model/result.ts";
import { totalTokens } from "../model/spend.ts";
import { successOutcomes } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";
import { baseFor } from "./tips.ts";

/** The gate in front of a task's units, when a person's word is needed; undefined when the way is free. */
export async function gateBefore(
  run: RunContext,
  task: Task,
  context: ExpressionContext,
): Promise<Result<ReachedGate | undefined>> {
  const { gate } = task;
  if (gate === undefined || run.state.holds.get(task.id)?.standing === "approved")
    return ok(undefined);
  const wanted = evaluate(gate.approve, context);
  if (!wanted.ok) return wanted;
  if (!isTrue(wanted.value)) return ok(undefined);
  const message = messageOf(gate, task, context);
  if (!message.ok) return message;
  const shown: string[] = [];
  for (const fact of gate.show) shown.push(...(await linesOf(run, task, fact)));
  return ok({ task: task.id, stage: "start", message: message.value, shown });
}

function messageOf({ message }: Gate, { id }: Task, context: ExpressionContext): Result<string> {
  return message === undefined ? ok(`May ${id} start?`) : resolveText(message, context);
}

async function linesOf(run: RunContext, task: Task, fact: GateFact): Promise<readonly string[]> {
  switch (fact) {
    case "diff-stat":
      return [await diffStat(run, task)];
    case "failed-shards":
      return failedUnits(run);
    case "cost":
      return [costOf(run)];
  }
}

/** Names that are shown; a person looks at the rest with git. */
const namesMax = 10;

/** What the task would stand on, against where the run started. */
async function diffStat(run: RunContext, { needs }: Task): Promise<string> {
  const tip = await baseFor(run, needs);
  if (!tip.ok) return `the work so far cannot be told: ${tip.error.message}`;
  if (tip.value === run.base) return "nothing has changed so far";
  const patch = await run.ports.workspace.patchOf(run.base, tip.value);
  if (!patch.ok) return `the work so far cannot be told: ${patch.error.message}`;
  const { files, insertions, deletions } = patch.value;
  const size = `${shownCount(files.length, "file")}, +${insertions} -${deletions}`;
  return `${size}: ${listed(files)}; git diff ${run.base.slice(0, 10)} ${tip.value.slice(0, 10)}`;
}

function failedUnits({ state }: RunContext): readonly string[] {
  const bad = [...state.units.values()].flatMap((record) =>
    record.status === "ended" && !successOutcomes.has(record.finished.outcome)
      ? [`${record.unit.id} ${record.finished.outcome}: ${record.finished.reason ?? "no reason"}`]
      : [],
  );
  if (bad.length === 0) return ["every unit so far succeeded"];
  return [`${shownCount(bad.length, "unit")} did not succeed`, ...bad.slice(0, namesMax)];
}

function costOf({ state: { spent, units } }: RunContext): string {
  const ms = [...units.values()].reduce(
    (sum, record) => sum + (record.status === "ended" ? record.finished.durationMs : 0),
    0,
  );
  return `${shownUsd(spent.usd)} at list prices, ${shownTokens(totalTokens(spent))} tokens, ${shownDuration(ms)} of work`;
}

function listed(names: readonly string[]): string {
  const more = names.length - namesMax;
  return `${names.slice(0, namesMax).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
