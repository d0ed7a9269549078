import type { AgentEvent, RunEvent } from "../../model/event.ts";
import type { TaskId, UnitId } from "../../model/ids.ts";
import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import type { Outcome, UnitState } from "../../model/unit.ts";
import { isPublishEvent, publishStory } from "../publish/publish-story.ts";
import { conflictText } from "../report/conflict-text.ts";
import { contextText } from "../report/context-text.ts";
import { retryText } from "../report/retry-text.ts";
import { growth, largest } from "./spend-growth.ts";

/** One unit as a person sees it. Times are milliseconds since the epoch. */
export interface UnitProgress {
  readonly id: UnitId;
  /** Undefined for the merge at a run's end, which no task of the plan asked for. */
  readonly task: TaskId | undefined;
  readonly state: UnitState;
  /** 0 before the first. */
  readonly attempt: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  readonly outcome: Outcome | undefined;
  /** All attempts and agents of the unit so far. */
  readonly spent: Spend;
  /** The tool or merge at work, with what it works on. */
  readonly tool: string | undefined;
  /** Last words of its agent, why it waits, or why it ended as it did. */
  readonly said: string | undefined;
  /** What each agent at work has used so far, by the number of its candidate; 0: there is one. */
  readonly agentsSpent: ReadonlyMap<number, Spend>;
}

/** What happens to one unit. */
export type UnitEvent = Extract<RunEvent, { readonly unit: UnitId }>;

/** The unit as it is after what happened. */
export function unitAfter(unit: UnitProgress, event: UnitEvent, at: number): UnitProgress {
  const started = { ...unit, startedAt: unit.startedAt ?? at };
  if (isPublishEvent(event)) return { ...started, tool: undefined, said: publishStory(event) };
  switch (event.kind) {
    case "unit-started":
      return {
        ...started,
        task: event.task,
        state: "setup",
        attempt: event.attempt,
        tool: undefined,
        said: undefined,
        agentsSpent: new Map(),
      };
    case "unit-state":
      return { ...started, state: stateOf(unit, event.state), tool: undefined };
    case "agent":
      return agentAfter(started, event.event, event.candidate ?? 0);
    case "candidate-ended":
      return { ...started, said: `candidate ${event.candidate} ended ${event.outcome}` };
    case "candidate-chosen":
      return { ...started, said: `candidate ${event.candidate} was chosen: ${event.reason}` };
    case "cache-hit":
    case "cache-miss":
      return { ...started, said: `${event.kind}: ${event.reason}` };
    case "command-finished":
      return { ...started, tool: undefined };
    case "unit-retrying":
      return {
        ...started,
        tool: undefined,
        said: `${event.sameAgent === true ? "told its agent" : "tries again"}: ${event.failure.message}`,
      };
    case "unit-finished":
      return {
        ...unit,
        task: event.task,
        state: "ended",
        attempt: event.attempt,
        outcome: event.outcome,
        endedAt: at,
        spent: largest(unit.spent, event.spent),
        tool: undefined,
        said: event.reason ?? unit.said,
      };
    case "merge-started":
      return { ...started, state: "merging", tool: `${event.from.length} commits` };
    case "patch-merged":
      return { ...started, tool: `merged ${event.patch}` };
    case "tests-compared":
      return started;
    case "merge-verified":
      return { ...started, said: `${event.merged} merged: ${event.ok ? "green" : "red"}` };
    case "conflict-found":
      return { ...started, tool: `conflict with ${event.patch} in ${conflictText(event.files)}` };
    case "patch-dropped":
      return { ...started, said: `left out ${event.patch}: ${event.reason}` };
  }
}

function agentAfter(unit: UnitProgress, event: AgentEvent, agent: number): UnitProgress {
  switch (event.kind) {
    case "turn-started":
      // Another agent of the same attempt counts from its own first turn.
      return event.turn === 1 ? withSpent(unit, agent, noSpend) : unit;
    case "tool-started":
      return { ...unit, tool: `${event.tool} ${event.input}`.trim() };
    case "tool-finished":
      return { ...unit, tool: undefined };
    case "said":
      return { ...unit, said: event.text };
    case "refused":
      return { ...unit, said: `refused: ${event.tool} ${event.about}` };
    case "hook-warned":
      return { ...unit, said: event.text };
    case "context":
      return { ...unit, said: contextText(event) };
    case "cache-missed":
    case "reserved":
    // Whether it has been counted, nobody can say who only knows one unit.
    case "paid-before":
      return unit;
    case "replayed":
      // Its running total begins anew, though its turns do not.
      return withSpent({ ...unit, said: `goes on after turn ${event.turns}` }, agent, noSpend);
    case "api-retry":
      return { ...unit, said: retryText(event) };
    case "spent":
      return withSpent(
        {
          ...unit,
          spent: addSpend(unit.spent, growth(unit.agentsSpent.get(agent) ?? noSpend, event.spent)),
        },
        agent,
        event.spent,
      );
  }
}

function withSpent(unit: UnitProgress, agent: number, spent: Spend): UnitProgress {
  return { ...unit, agentsSpent: new Map(unit.agentsSpent).set(agent, spent) };
}

/** Only its last event ends a unit. */
function stateOf(unit: UnitProgress, state: UnitState): UnitState {
  return state === "ended" ? unit.state : state;
}
