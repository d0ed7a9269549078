import type { AgentEvent, JournalEntry } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import { type Cost, sumOfCosts } from "../governor/caps.ts";

/**
 * What a run may have been charged for requests whose replies never came to its journal, by unit: it was killed while they were
 * under way, their agent was ended, or their answers broke off. Each counts with its estimate, as in a run that goes on. One whose
 * reply was on the disk already counts with what that cost, from when it is found there (`booked.ts`).
 */
export function costUnderWay(entries: readonly JournalEntry[]): ReadonlyMap<UnitId, Cost> {
  const agents = new Map<string, Reserved>();
  const booked = new Set<string>();
  for (const { event } of entries) {
    if (event.kind === "run-resumed") for (const agent of agents.values()) lose(agent);
    if (event.kind === "agent") {
      const { unit, candidate = 0 } = event;
      const key = JSON.stringify([unit, candidate]);
      const agent = agents.get(key) ?? { unit, open: undefined, lost: [] };
      agents.set(key, agent);
      take(agent, event.event, booked);
    }
    if (event.kind === "unit-finished" || event.kind === "unit-retrying") {
      const its = [...agents.values()].filter(({ unit }) => unit === event.unit);
      for (const agent of its) end(agent, event.failure);
    }
  }
  const costs = new Map<UnitId, Cost>();
  for (const { unit, open, lost } of agents.values())
    for (const cost of open === undefined ? lost : [...lost, open])
      costs.set(unit, sumOfCosts(costs.get(unit), cost));
  return costs;
}

interface Reserved {
  readonly unit: UnitId;
  /** An agent has one request under way at a time. */
  open: Cost | undefined;
  /** Of requests that nobody waits for any more, the newest last. */
  readonly lost: Cost[];
}

function take(agent: Reserved, event: AgentEvent, booked: Set<string>): void {
  switch (event.kind) {
    case "reserved":
      agent.open = { usd: event.usd, tokens: event.tokens };
      return;
    case "spent":
      if (event.reply !== undefined) booked.add(event.reply);
      agent.open = undefined;
      return;
    case "api-retry":
      // An answer that has a status is a refusal, which costs nothing.
      if (event.status === 0) lose(agent);
      agent.open = undefined;
      return;
    case "paid-before":
      for (const { reply } of event.replies) if (!booked.has(reply)) agent.lost.pop();
      for (const { reply } of event.replies) booked.add(reply);
      return;
    default:
      return;
  }
}

function end(agent: Reserved, failed: Failure | undefined): void {
  // What the API said no to costs nothing.
  if (failed?.kind !== "api") lose(agent);
  agent.open = undefined;
}

function lose(agent: Reserved): void {
  if (agent.open !== undefined) agent.lost.push(agent.open);
  agent.open = undefined;
}
