import type { JournalEntry, RunEvent, RunFinished } from "../../model/event.ts";
import type { GateDecision, GateEvent, ReachedGate } from "../../model/gate.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import type { Outcome } from "../../model/unit.ts";
import { book } from "../resume/booked.ts";
import { growth, largest } from "./spend-growth.ts";
import { unitAfter, type UnitEvent, type UnitProgress } from "./unit-progress.ts";

/** A run as a person sees it, whole or under way. */
export interface ProgressView {
  readonly run: string;
  readonly name: string;
  readonly offline: boolean;
  readonly agentsMax: number;
  readonly startedAt: number;
  /** Between the end of one process of the run and the start of the next, in milliseconds. */
  readonly awayMs: number;
  /** Time of the last entry. */
  readonly at: number;
  readonly units: ReadonlyMap<UnitId, UnitProgress>;
  /** Ids of the units at work, the longest-running first. */
  readonly running: ReadonlySet<UnitId>;
  /** Tasks of which it is not known yet what units they become. */
  readonly waiting: ReadonlySet<TaskId>;
  /** Units, and tasks without any, that have ended; by outcome. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  readonly ended: number;
  /** Tasks that ended without units. */
  readonly endedTasks: ReadonlyMap<TaskId, Outcome>;
  /** Of all units; never falls. */
  readonly spent: Spend;
  /** How long the units of a task took that were really started. */
  readonly took: ReadonlyMap<TaskId, { readonly count: number; readonly ms: number }>;
  /** Gates that were reached; of a task the last. */
  readonly gates: ReadonlyMap<TaskId, GateProgress>;
  readonly finished: RunFinished | undefined;
}

export interface GateProgress extends ReachedGate {
  readonly decided: GateDecision | undefined;
}

/** Units, and tasks in place of units, that the run has as far as is known; more when a task becomes several units. */
export function totalOf(view: ProgressView): number {
  const planned = [...view.units.values()].filter(
    ({ task, state }) => task !== undefined && (state === "ended" || !view.waiting.has(task)),
  );
  return planned.length + view.waiting.size + view.endedTasks.size;
}

/** How long the run has been at work, in milliseconds. */
export function elapsedMs(view: ProgressView, now: number): number {
  return view.startedAt === 0 ? 0 : now - view.startedAt - view.awayMs;
}

export interface Progress {
  readonly view: ProgressView;
  readonly apply: (entry: JournalEntry) => void;
}

type Draft = { -readonly [Key in keyof ProgressView]: ProgressView[Key] } & {
  readonly units: Map<UnitId, UnitProgress>;
  readonly running: Set<UnitId>;
  readonly waiting: Set<TaskId>;
  readonly endedTasks: Map<TaskId, Outcome>;
  readonly gates: Map<TaskId, GateProgress>;
  readonly outcomes: Partial<Record<Outcome, number>>;
  readonly took: Map<TaskId, { readonly count: number; readonly ms: number }>;
  /** Tasks that had units, and of which it is found out again what they become. */
  readonly anew: Set<TaskId>;
  /** Names of the replies whose cost is counted. */
  readonly booked: Set<string>;
};

/**
 * Folds a journal, entry by entry, into what is seen of the run. Any prefix of any journal gives a view. It changes in
 * place for the same reason as the engine's own state: a copy per event would make a run of n units cost n².
 */
export function createProgress(): Progress {
  const draft: Draft = {
    run: "",
    name: "",
    offline: false,
    agentsMax: 1,
    startedAt: 0,
    awayMs: 0,
    at: 0,
    units: new Map(),
    running: new Set(),
    waiting: new Set(),
    outcomes: {},
    ended: 0,
    endedTasks: new Map(),
    spent: noSpend,
    took: new Map(),
    anew: new Set(),
    booked: new Set(),
    gates: new Map(),
    finished: undefined,
  };
  return { view: draft, apply: (entry) => apply(draft, entry) };
}

function apply(draft: Draft, { at, event }: JournalEntry): void {
  if (event.kind === "run-resumed") resume(draft, event, Math.max(0, at - draft.at));
  draft.at = Math.max(at, draft.at);
  switch (event.kind) {
    case "run-started":
      draft.startedAt = at;
      draft.run = event.run;
      draft.name = event.name;
      draft.offline = event.offline;
      draft.agentsMax = event.agentsMax;
      return;
    case "plan-accepted":
      // How long the coordinator took to make the plan tells nothing of the plan's own tasks.
      draft.took.clear();
      return expect(draft, event.tasks);
    case "plan-changed":
      return change(draft, event);
    case "plan-grown":
      return expect(draft, event.added);
    case "task-expanded":
      draft.waiting.delete(event.task);
      if (draft.anew.delete(event.task)) keepOnly(draft, event);
      for (const { id } of event.units) put(draft, unitOf(draft, id), { task: event.task });
      return;
    case "task-ended":
      draft.waiting.delete(event.task);
      if (draft.endedTasks.has(event.task)) return;
      draft.endedTasks.set(event.task, event.outcome);
      return count(draft, event.outcome);
    case "run-finished":
      draft.finished = event;
      draft.running.clear();
      return spend(draft, event.spent);
    case "rollout-judged":
    case "hook-warned":
    case "baseline-taken":
    case "baseline-missed":
    case "commit-merged":
    case "run-resumed":
      return;
    case "gate-waiting":
    case "gate-decided":
      return noteGate(draft.gates, event);
    default:
      return applyToUnit(draft, event, at);
  }
}

function noteGate(gates: Map<TaskId, GateProgress>, event: GateEvent): void {
  if (event.kind === "gate-waiting") {
    const { kind: _, ...gate } = event;
    gates.set(gate.task, { ...gate, decided: undefined });
    return;
  }
  const gate = gates.get(event.task);
  const { approved, by } = event;
  if (gate !== undefined && gate.decided === undefined)
    gates.set(event.task, { ...gate, decided: { approved, by } });
}

function expect(draft: Draft, tasks: readonly TaskId[]): void {
  for (const task of tasks) draft.waiting.add(task);
}

function count(draft: Draft, outcome: Outcome): void {
  draft.ended += 1;
  draft.outcomes[outcome] = (draft.outcomes[outcome] ?? 0) + 1;
}

function uncount(draft: Draft, outcome: Outcome): void {
  draft.ended -= 1;
  const left = (draft.outcomes[outcome] ?? 1) - 1;
  if (left > 0) draft.outcomes[outcome] = left;
  else delete draft.outcomes[outcome];
}

function forget(draft: Draft, { id, outcome }: UnitProgress): void {
  if (outcome !== undefined) uncount(draft, outcome);
  draft.running.delete(id);
  draft.units.delete(id);
}

function keepOnly(
  draft: Draft,
  { task, units }: Extract<RunEvent, { readonly kind: "task-expanded" }>,
): void {
  const kept = new Set(units.map(({ id }) => id));
  for (const unit of draft.units.values())
    if (unit.task === task && unit.outcome === undefined && !kept.has(unit.id)) forget(draft, unit);
}

/** Tasks and units that the plan has no more are gone, new ones wait; what is in both stays as it is. */
function change(
  draft: Draft,
  { tasks, expanded }: Extract<RunEvent, { readonly kind: "plan-changed" }>,
): void {
  const now = new Map(
    expanded.map(({ task, units }) => [task, new Set(units.map(({ id }) => id))]),
  );
  const known = new Set([...draft.waiting, ...draft.endedTasks.keys(), ...now.keys()]);
  for (const task of known) {
    if (tasks.includes(task)) continue;
    const outcome = draft.endedTasks.get(task);
    if (outcome !== undefined) uncount(draft, outcome);
    draft.waiting.delete(task);
    draft.endedTasks.delete(task);
  }
  for (const task of tasks) if (!known.has(task)) draft.waiting.add(task);
  for (const unit of draft.units.values()) {
    const { task } = unit;
    if (task === undefined || task === coordinator || now.get(task)?.has(unit.id) === true)
      continue;
    forget(draft, unit);
  }
  for (const [task, units] of now) for (const id of units) put(draft, unitOf(draft, id), { task });
}

/** Its unit is no part of the plan it makes. */
const coordinator = "coordinator";

function resume(
  draft: Draft,
  { units, tasks }: Extract<RunEvent, { readonly kind: "run-resumed" }>,
  awayMs: number,
): void {
  draft.awayMs += awayMs;
  draft.finished = undefined;
  // Nothing is at work in a process that has just begun.
  draft.running.clear();
  for (const task of tasks) draft.anew.add(task);
  const anew = [...draft.units.values()].flatMap(({ id, task }) =>
    task !== undefined && tasks.includes(task) ? [id] : [],
  );
  // A unit may be named by itself and begun again with its task: it had ended once.
  for (const id of new Set([...units, ...anew])) {
    const unit = unitOf(draft, id);
    if (unit.outcome !== undefined) uncount(draft, unit.outcome);
    const open = { state: "queued", startedAt: undefined, endedAt: undefined } as const;
    put(draft, unit, { ...open, outcome: undefined, tool: undefined, said: undefined });
  }
  for (const task of tasks) {
    const outcome = draft.endedTasks.get(task);
    if (outcome !== undefined) uncount(draft, outcome);
    draft.endedTasks.delete(task);
    draft.waiting.add(task);
  }
}

/** The run's own figure counts when it is the larger: a journal that starts late has not seen every unit. */
function spend(draft: Draft, spent: Spend): void {
  draft.spent = largest(draft.spent, spent);
}

function applyToUnit(draft: Draft, event: UnitEvent, at: number): void {
  const before = unitOf(draft, event.unit);
  if (before.state === "ended") return;
  const found = event.kind === "agent" ? book(draft.booked, event.event) : noSpend;
  const next = unitAfter(before, event, at);
  const after = { ...next, spent: addSpend(next.spent, found) };
  put(draft, before, after);
  draft.spent = addSpend(draft.spent, growth(before.spent, after.spent));
  if (after.state === "ended") end(draft, after);
  else if (draft.finished === undefined) draft.running.add(after.id);
}

function end(draft: Draft, unit: UnitProgress): void {
  draft.running.delete(unit.id);
  count(draft, unit.outcome ?? "failed");
  const { task, startedAt, endedAt } = unit;
  if (task === undefined || startedAt === undefined || endedAt === undefined) return;
  const before = draft.took.get(task) ?? { count: 0, ms: 0 };
  const ms = before.ms + Math.max(0, endedAt - startedAt);
  draft.took.set(task, { count: before.count + 1, ms });
}

function put(draft: Draft, unit: UnitProgress, changed: Partial<UnitProgress>): void {
  draft.units.set(unit.id, { ...unit, ...changed });
}

function unitOf(draft: Draft, id: UnitId): UnitProgress {
  return (
    draft.units.get(id) ?? {
      id,
      task: undefined,
      state: "queued",
      attempt: 0,
      startedAt: undefined,
      endedAt: undefined,
      outcome: undefined,
      spent: noSpend,
      tool: undefined,
      said: undefined,
      agentsSpent: new Map(),
    }
  );
}
