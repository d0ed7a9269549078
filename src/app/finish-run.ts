import { isMergeMissing } from "../core/reduce/missing-merges.ts";
import { learnt } from "../core/schedule/durations.ts";
import type { RunFinished } from "../model/event.ts";
import type { Failure } from "../model/failure.ts";
import type { CommitId, TaskId, UnitId } from "../model/ids.ts";
import { successOutcomes, type Outcome, type Unit, type UnitAction } from "../model/unit.ts";
import { isMachineToBlame } from "./blame-surroundings.ts";
import { type HeldBack, heldBack } from "./held-back.ts";
import { attemptReduce } from "./reduce.ts";
import type { RunContext } from "./run-context.ts";
import { tellHooksAfter } from "./tell-hooks.ts";

/**
 * The end of a run: the finished work becomes the branch `skein/<run>`. Work that a reduce task took in is there
 * through it; what no reduce task covers is merged here, so that finished work is never left lying about. What a reduce
 * task was to verify and did not is in no result.
 */
export async function finishRun(
  run: RunContext,
  options: { readonly startedAt: number },
): Promise<RunFinished> {
  const stopped = run.halt.because();
  const held = heldBack(run);
  const made = stopped === undefined ? await resultOf(run, held) : { merged: [], failure: stopped };
  const isCutOff = made.failure !== undefined && (await isMachineToBlame(run, made.failure));
  const result = isCutOff ? { ...made, failure: run.halt.because() ?? made.failure } : made;
  const outcomes = countOutcomes(run);
  const left = [...notMerged(run, { merged: new Set(result.merged), held }), ...endedTasks(run)];
  const finished: RunFinished = {
    kind: "run-finished",
    run: run.id,
    outcomes,
    exitCode: exitCodeOf(outcomes, run, result.failure !== undefined || left.length > 0),
    ...(result.published === undefined ? {} : { result: result.published }),
    merged: result.merged,
    notMerged: left,
    spent: run.state.spent,
    durationMs: run.ports.clock.now() - options.startedAt,
    ...(result.failure === undefined ? {} : { failure: result.failure }),
  };
  // Before the last event: behind it nobody reads the journal any more.
  await tellHooksAfter(run, {
    event: "run-end",
    run: run.id,
    exitCode: finished.exitCode,
    outcomes,
    ...(result.published === undefined ? {} : { branch: result.published.branch }),
  });
  await run.record(finished);
  const { files } = run.ports;
  const ended = [...run.state.units.values()].flatMap((record) =>
    record.status === "ended" ? [record.finished] : [],
  );
  // They only make a later run's order better.
  await files.keepDurations(learnt(await files.durations(), ended)).catch(() => undefined);
  return finished;
}

interface RunResult {
  readonly published?: NonNullable<RunFinished["result"]>;
  readonly merged: readonly UnitId[];
  readonly failure?: Failure;
}

async function resultOf(run: RunContext, held: HeldBack): Promise<RunResult> {
  const loose = looseTasks(run, held);
  const unit = finalUnit(run, loose);
  const action: UnitAction & { kind: "reduce" } = {
    kind: "reduce",
    from: loose,
    onConflict: "agent",
    onRed: "fail",
    generated: [],
    verify: [],
  };
  // A cancelled run still merges what is finished: that needs no agent unless there is a conflict, which is then left.
  const end = await attemptReduce(run, {
    unit,
    action,
    attempt: 1,
    base: run.base,
    signal: new AbortController().signal,
  });
  if (end.patch === undefined)
    return { merged: [], ...(end.failure === undefined ? {} : { failure: end.failure }) };
  const tip = end.patch.commit;
  const branch = `skein/${run.id}`;
  const made = await run.ports.workspace.publishBranch(branch, tip, (commit) =>
    run.history.knows(commit),
  );
  if (!made.ok) return { merged: [], failure: made.error };
  return {
    published: {
      branch,
      commit: tip,
      files: end.patch.files.length,
      insertions: end.patch.insertions,
      deletions: end.patch.deletions,
    },
    merged: mergedInto(run, tip),
  };
}

/**
 * Tasks whose commits no reduce task was to take in, and that do not stand on what one left out. Later tasks contain what
 * they needed, so order keeps it cheap.
 */
function looseTasks({ state }: RunContext, held: HeldBack): readonly TaskId[] {
  const reduces = state.plan.tasks.flatMap(({ id, action }) =>
    action.kind === "reduce" ? [{ id, from: action.from }] : [],
  );
  const taken = new Set(
    reduces.flatMap(({ id, from }) =>
      state.tasks.get(id)?.status === "expanded" || isMergeMissing(state, id) ? from : [],
    ),
  );
  return state.plan.tasks
    .map(({ id }) => id)
    .filter((id) => {
      const known = state.tasks.get(id);
      const units = known?.status === "expanded" ? known.units : [];
      return !taken.has(id) && !units.some(held.isHeld);
    });
}

function finalUnit(run: RunContext, needs: readonly TaskId[]): Unit {
  return {
    id: "result" as UnitId,
    task: "result" as TaskId,
    matrix: {},
    needs,
    env: {},
    timeoutMs: 0,
    retry: { max: 0, on: [], backoffMs: 0, feedBack: [] },
    continueOnError: false,
    action: {
      kind: "reduce",
      from: needs,
      onConflict: "agent",
      onRed: "fail",
      generated: [],
      verify: [],
    },
    outputs: {},
    verify: [],
    budget: run.state.plan.budget.perTask,
    commit: `Result of ${run.id}`,
    files: [],
  };
}

function mergedInto(run: RunContext, tip: CommitId): readonly UnitId[] {
  return [...run.tips]
    .filter(
      ([id, { commit }]) =>
        commit !== undefined && isUnitWithPatch(run, id) && run.history.isAncestor(commit, tip),
    )
    .map(([id]) => id);
}

/** Reducers only wind together what units did; the list of merged work names the units themselves. */
function isUnitWithPatch(run: RunContext, id: UnitId): boolean {
  return run.state.units.get(id)?.unit.action.kind !== "reduce";
}

function notMerged(
  run: RunContext,
  { merged, held }: { readonly merged: ReadonlySet<UnitId>; readonly held: HeldBack },
): RunFinished["notMerged"] {
  return [...run.state.units.values()].flatMap((record) => {
    if (record.status !== "ended" || merged.has(record.unit.id)) return [];
    const { outcome, reason, patch } = record.finished;
    if (
      successOutcomes.has(outcome) &&
      (patch === undefined ||
        record.unit.action.kind === "reduce" ||
        // Its work is in its own repository.
        record.unit.repository !== undefined)
    )
      return [];
    return [
      {
        unit: record.unit.id,
        outcome,
        reason:
          reason ??
          (patch === undefined
            ? outcome
            : (run.state.dropped.get(record.unit.id) ?? notTakenIn(run, record.unit.id, held))),
      },
    ];
  });
}

function notTakenIn({ halt }: RunContext, id: UnitId, held: HeldBack): string {
  return halt.because() === undefined
    ? (held.reasonOf(id) ?? "its merge was not verified or not settled")
    : "the run was stopped before it was merged";
}

/** Tasks that ended without a unit for a reason worth reading: everything but a plain skip. */
function endedTasks(run: RunContext): RunFinished["notMerged"] {
  return [...run.state.tasks].flatMap(([task, known]) =>
    known.status === "ended" && !successOutcomes.has(known.outcome)
      ? [{ unit: task, outcome: known.outcome, reason: known.reason }]
      : [],
  );
}

function countOutcomes(run: RunContext): Readonly<Partial<Record<Outcome, number>>> {
  const counts: Partial<Record<Outcome, number>> = {};
  const count = (outcome: Outcome): void => {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  };
  for (const task of run.state.plan.tasks) {
    const known = run.state.tasks.get(task.id);
    if (known?.status === "ended") count(known.outcome);
    for (const id of known?.status === "expanded" ? known.units : []) {
      const record = run.state.units.get(id);
      if (record?.status === "ended") count(record.finished.outcome);
    }
  }
  return counts;
}

/**
 * Exit codes of product.md: 5 stopped by the machine, 130 interrupted, 4 budget, 3 waits for approval, 1 something failed
 * or is not in the result, 0 all is.
 */
function exitCodeOf(
  outcomes: RunFinished["outcomes"],
  { halt, signal }: Pick<RunContext, "halt" | "signal">,
  incomplete: boolean,
): number {
  if (halt.because() !== undefined) return 5;
  if (signal.aborted && signal.reason !== "wall-time") return 130;
  if (outcomes.budget !== undefined || signal.aborted) return 4;
  if (outcomes["awaiting-approval"] !== undefined) return 3;
  const bad = (Object.keys(outcomes) as Outcome[]).some((outcome) => !successOutcomes.has(outcome));
  return bad || incomplete ? 1 : 0;
}
