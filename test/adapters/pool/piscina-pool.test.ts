import { once } from "node:events";

import { describe, expect, test } from "vitest";

import { createPiscinaPool, type PoolOptions } from "../../../src/adapters/pool/piscina-pool.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import type { AgentPool } from "../../../src/ports/agent-pool.ts";
import { agentContract } from "../../support/agent-contract.ts";
import { oneTurn } from "../../support/odd-agents.worker.ts";
import { poolPromises } from "./pool-promises.ts";
import { start, statusOf } from "./pool-rig.ts";

function open(more: Partial<PoolOptions> = {}): AgentPool {
  return createPiscinaPool({
    workerFile: new URL("../../support/odd-agents.worker.ts", import.meta.url),
    threadsMax: 2,
    agentsPerThread: 1,
    setup: {
      api: { apiKey: "sk-secret" },
      known: [],
      hooks: [],
      asksPerson: false,
      mcpTools: [],
      shell: { mode: "look-only", gitDir: "/", checkout: "/", home: "/", path: "" },
    },
    answer: echo,
    ...more,
  });
}

/** Gives a question's value back; one of -1 is answered only when nobody waits for it any more. */
const echo: PoolOptions["answer"] = async (question, { signal }) => {
  const value = question.kind === "mcp-call" ? Number(question.input["value"]) : Number.NaN;
  if (value === -1 && !signal.aborted) await once(signal, "abort");
  return { text: String(value), isError: false };
};

describe("one agent per thread", () => {
  poolPromises(() => open());
});

describe("two agents on one thread", () => {
  poolPromises(() => open({ threadsMax: 1, agentsPerThread: 2 }));
});

test.each([
  ["throws where nobody catches it", "throw-outside", "thread-crashed", oneTurn.turns],
  ["ends its thread", "exit", "thread-crashed", 0],
  ["uses up its memory", "leak", "out-of-memory", 0],
  ["gives a result of no known shape", "lie", "thread-crashed", 0],
])("an agent that %s fails alone", async (_, habit, kind, turns) => {
  await using pool = open({ memoryMb: 48 });
  const neighbour = start(pool, "wait-for-cancel");
  await neighbour.started;
  expect(await start(pool, habit).result).toMatchObject({
    status: "failed",
    failure: { kind, hint: expect.stringContaining("not affected") },
    spent: { turns },
  });
  expect(await statusOf(start(pool, "talk 1"))).toBe("submitted");
  neighbour.cancel();
  expect(await statusOf(neighbour)).toBe("cancelled");
});

test("an agent in an endless loop is ended after the grace time, and its neighbour goes on", async () => {
  await using pool = open({ graceMs: 50 });
  const neighbour = start(pool, "wait-for-cancel");
  const looping = start(pool, "loop");
  await Promise.all([neighbour.started, looping.started]);
  looping.cancel();
  expect(await looping.result).toMatchObject({
    status: "failed",
    failure: { kind: "unresponsive" },
  });
  expect(await statusOf(start(pool, "talk 1"))).toBe("submitted");
  neighbour.cancel();
  expect(await statusOf(neighbour)).toBe("cancelled");
});

test("agents that share a thread with one that crashes fail with it, and the next ones get a new thread", async () => {
  await using pool = open({ threadsMax: 1, agentsPerThread: 2 });
  const neighbour = start(pool, "wait-for-cancel");
  await neighbour.started;
  const crashing = start(pool, "exit");
  const waiting = start(pool, "talk 1");
  for (const agent of [crashing, neighbour]) {
    expect(await agent.result).toMatchObject({
      status: "failed",
      failure: { kind: "thread-crashed" },
    });
  }
  expect(await statusOf(waiting)).toBe("submitted");
});

test("ending an agent that loops ends those it shares its thread with, as failures to retry", async () => {
  await using pool = open({ threadsMax: 1, agentsPerThread: 2, graceMs: 50 });
  const neighbour = start(pool, "wait-for-cancel");
  await neighbour.started;
  const looping = start(pool, "loop");
  await looping.started;
  looping.cancel();
  expect(await looping.result).toMatchObject({ failure: { kind: "unresponsive" } });
  expect(await neighbour.result).toMatchObject({
    status: "failed",
    failure: { kind: "thread-crashed" },
  });
});

test("a thread that crashes after its agent's result takes nothing with it", async () => {
  await using pool = open({ threadsMax: 1 });
  expect(await statusOf(start(pool, "throw-after-the-result"))).toBe("submitted");
  const next = await Promise.all([
    statusOf(start(pool, "talk 1")),
    statusOf(start(pool, "talk 1")),
  ]);
  expect(next.at(-1)).toBe("submitted");
});

test("threads that cannot start fail their agents instead of keeping them waiting", async () => {
  await using pool = open({ workerFile: new URL("./no-such-entry.ts", import.meta.url) });
  const failed = { status: "failed", failure: { kind: "thread-crashed" } };
  expect(await start(pool, "talk 1").result).toMatchObject(failed);
  expect(await start(pool, "talk 1").result).toMatchObject(failed);
});

test("a thread's environment is its search path and nothing else", async () => {
  await using pool = open();
  const agent = start(pool, "tell-environment");
  await agent.result;
  expect(agent.events.at(-1)).toEqual({ kind: "said", text: "PATH" });
});

test("questions are answered each with its own answer, however many are asked at once", async () => {
  await using pool = open();
  const agents = [start(pool, "ask 60"), start(pool, "ask 60")];
  expect(await Promise.all(agents.map(statusOf))).toEqual(["submitted", "submitted"]);
  for (const { events } of agents) {
    const said = events.flatMap((event) => (event.kind === "said" ? [Number(event.text)] : []));
    expect(said).toEqual(Array.from({ length: 60 }, (_, index) => index));
  }
});

test.each([
  ["the agent gives up", "ask-and-give-up", "submitted"],
  ["the agent's thread dies", "ask-and-exit", "failed"],
])("whoever answers is told when %s", async (_, habit, status) => {
  const dropped: boolean[] = [];
  const answer: PoolOptions["answer"] = async (question, options) => {
    const answered = await echo(question, options);
    dropped.push(options.signal.aborted);
    return answered;
  };
  {
    await using pool = open({ answer });
    expect(await statusOf(start(pool, habit))).toBe(status);
  }
  expect(dropped).toEqual([true]);
});

test("an agent that asks without end gets no more answers than there is room for", async () => {
  let asked = 0;
  const answer: PoolOptions["answer"] = (question, options) => {
    asked += 1;
    return echo({ ...question, kind: "mcp-call", tool: "x", input: { value: -1 } }, options);
  };
  await using pool = open({ answer });
  const agent = start(pool, "ask 500");
  await agent.started;
  agent.cancel();
  await agent.result;
  expect(asked).toBeLessThanOrEqual(64);
});

test("agents that are asked to sum up say what came of it; one that cannot answer has ended at the latest", async () => {
  await using pool = open({ graceMs: 50 });
  expect(await pool.compact(undefined)).toEqual([]);
  const listens = start(pool, "wait-for-cancel");
  await listens.started;
  const { unitId: unit } = agentContract("/nonexistent");
  const came = { kind: "compacted", before: 9, after: 4 };
  expect(await pool.compact(undefined)).toEqual([{ unit, came }]);
  expect(await pool.compact("another" as UnitId)).toEqual([]);
  const deaf = start(pool, "loop");
  await deaf.started;
  const asked = pool.compact(unit as UnitId);
  deaf.cancel();
  expect(await asked).toEqual([
    { unit, came },
    { unit, came: { kind: "ended" } },
  ]);
  listens.cancel();
  await listens.result;
});
