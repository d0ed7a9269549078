import type { AgentEvent, JournalEntry, RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import type { Outcome, UnitState } from "../../model/unit.ts";

/** One unit as a person sees it. Times are milliseconds since the epoch. */
export interface UnitProgress {
  readonly id: UnitId;
  readonly state: UnitState;
  readonly attempt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: Outcome | undefined;
  readonly reason: string | undefined;
  /** Of all attempts so far. */
  readonly spent: Spend;
  readonly earlierSpent: Spend;
  /** The tool or command at work. */
  readonly tool: string | undefined;
  readonly said: string | undefined;
}

export interface ProgressView {
  readonly name: string;
  readonly run: string;
  readonly offline: boolean;
  readonly agentsMax: number;
  readonly startedAt: number;
  readonly at: number;
  readonly units: ReadonlyMap<UnitId, UnitProgress>;
  /** Tasks that ended without a unit. */
  readonly endedTasks: number;
  readonly finished: boolean;
}

export const noProgress: ProgressView = {
  name: "",
  run: "",
  offline: false,
  agentsMax: 1,
  startedAt: 0,
  at: 0,
  units: new Map(),
  endedTasks: 0,
  finished: false,
};

/** What is seen after one more entry. Pure; folding a journal from its start gives the same view at any later time. */
export function foldProgress(view: ProgressView, { at, event }: JournalEntry): ProgressView {
  const now = { ...view, at };
  switch (event.kind) {
    case "run-started":
      return {
        ...now,
        name: event.name,
        run: event.run,
        offline: event.offline,
        agentsMax: event.agentsMax,
        startedAt: at,
      };
    case "task-expanded":
      return {
        ...now,
        units: new Map([...view.units, ...event.units.map(({ id }) => [id, queued(id)] as const)]),
      };
    case "task-ended":
      return { ...now, endedTasks: view.endedTasks + 1 };
    case "run-finished":
      return { ...now, finished: true };
    default:
      return "unit" in event ? { ...now, units: changed(view.units, event, at) } : now;
  }
}

function queued(id: UnitId): UnitProgress {
  return {
    id,
    state: "queued",
    attempt: 0,
    startedAt: undefined,
    endedAt: undefined,
    outcome: undefined,
    reason: undefined,
    spent: noSpend,
    earlierSpent: noSpend,
    tool: undefined,
    said: undefined,
  };
}

type UnitEvent = Extract<RunEvent, { unit: UnitId }>;

/** The final merge at the end of a run is no unit of the plan: events of units that were never announced are left out. */
function changed(
  units: ProgressView["units"],
  event: UnitEvent,
  at: number,
): ProgressView["units"] {
  const before = units.get(event.unit);
  return before === undefined
    ? units
    : new Map(units).set(event.unit, unitAfter(before, event, at));
}

function unitAfter(unit: UnitProgress, event: UnitEvent, at: number): UnitProgress {
  switch (event.kind) {
    case "unit-started":
      return {
        ...unit,
        state: "setup",
        attempt: event.attempt,
        startedAt: unit.startedAt ?? at,
        earlierSpent: unit.spent,
        tool: undefined,
      };
    case "unit-state":
      return { ...unit, state: event.state, tool: undefined };
    case "command-finished":
      return { ...unit, tool: undefined };
    case "agent":
      return agentAfter(unit, event.event);
    case "unit-retrying":
      return { ...unit, tool: undefined, said: `retrying: ${event.failure.message}` };
    case "unit-finished":
      return {
        ...unit,
        state: "ended",
        outcome: event.outcome,
        reason: event.reason,
        endedAt: at,
        spent: event.spent,
        tool: undefined,
      };
    default:
      return unit;
  }
}

function agentAfter(unit: UnitProgress, event: AgentEvent): UnitProgress {
  switch (event.kind) {
    case "tool-started":
      return { ...unit, tool: `${event.tool} ${event.input}`.trim() };
    case "tool-finished":
      return { ...unit, tool: undefined };
    case "said":
      return { ...unit, said: event.text };
    case "spent":
      return { ...unit, spent: addSpend(unit.earlierSpent, event.spent) };
    case "turn-started":
    case "api-retry":
      return unit;
  }
}
