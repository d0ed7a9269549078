import { expect, test } from "vitest";

import { noSpend } from "../../../src/model/spend.ts";
import type { AgentPool } from "../../../src/ports/agent-pool.ts";
import { oneTurn } from "../../support/odd-agents.worker.ts";
import { start, statusOf } from "./pool-rig.ts";

/** What every AgentPool promises; `open` makes one with room for two agents. */
export function poolPromises(open: () => AgentPool): void {
  test("events come in order, and all of them before the result", async () => {
    await using pool = open();
    const agent = start(pool, "talk 2000");
    expect(await statusOf(agent)).toBe("submitted");
    const said = agent.events.flatMap((event) => (event.kind === "said" ? [event.text] : []));
    expect(said).toEqual(Array.from({ length: 2000 }, (_, index) => String(index)));
  });

  test("a cancelled agent stops by itself and says what it spent", async () => {
    await using pool = open();
    const agent = start(pool, "wait-for-cancel");
    await agent.started;
    agent.cancel();
    expect(await agent.result).toEqual({ status: "cancelled", spent: oneTurn });
  });

  test("an agent cancelled while it waits for room ends at once and is never started", async () => {
    await using pool = open();
    const busy = [start(pool, "wait-for-cancel"), start(pool, "wait-for-cancel")];
    await Promise.all(busy.map((agent) => agent.started));
    const waiting = start(pool, "talk 1");
    waiting.cancel();
    expect(await waiting.result).toEqual({ status: "cancelled", spent: noSpend });
    for (const agent of busy) agent.cancel();
    expect(await Promise.all(busy.map(statusOf))).toEqual(["cancelled", "cancelled"]);
    expect(waiting.events).toEqual([]);
  });

  test("an agent cancelled before it was given to the pool is never started", async () => {
    await using pool = open();
    const events: unknown[] = [];
    const { contract, onEvent } = { contract: undefined as never, onEvent: events.push };
    const result = await pool.run(contract, { onEvent, signal: AbortSignal.abort() });
    expect({ result, events }).toEqual({
      result: { status: "cancelled", spent: noSpend },
      events: [],
    });
  });

  test("more agents than there is room for all get their turn", async () => {
    await using pool = open();
    const agents = Array.from({ length: 7 }, () => start(pool, "talk 3"));
    expect(await Promise.all(agents.map(statusOf))).toEqual(Array(7).fill("submitted"));
  });

  test("an agent that throws has failed with what it spent, and the next one works", async () => {
    await using pool = open();
    const thrown = await start(pool, "throw").result;
    expect(thrown).toMatchObject({ status: "failed", spent: oneTurn });
    expect(thrown.status === "failed" && thrown.failure.message).toContain("cannot go on");
    expect(await statusOf(start(pool, "talk 1"))).toBe("submitted");
  });

  test("closing a pool cancels its agents and waits for them", async () => {
    const pool = open();
    const agents = [start(pool, "wait-for-cancel"), start(pool, "wait-for-cancel")];
    await Promise.all(agents.map((agent) => agent.started));
    await pool[Symbol.asyncDispose]();
    expect(await Promise.all(agents.map(statusOf))).toEqual(["cancelled", "cancelled"]);
  });
}
