import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { createPiscinaPool } from "../../src/adapters/pool/piscina-pool.ts";
import type { AgentResult } from "../../src/model/contract.ts";
import type { Fault } from "../../src/offline/server/faults.ts";
import { type OfflineServer, startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineRequest } from "../../src/offline/turn.ts";
import { agentContract } from "../support/agent-contract.ts";
import { governed } from "../support/governed.ts";
import { call, calling, submit, tempTree } from "./agent-rig.ts";

const workerFile = pathToFileURL(resolve("dist/workers/agent.worker.js"));

const turns = 6;

/** Each turn adds a line of its own to the unit's file: a turn whose tools ran twice shows. */
function answer({ messages }: OfflineRequest) {
  const turn = messages.filter(({ role }) => role === "assistant").length;
  if (turn === 0) return calling(call("Read", { file_path: "log.txt" }));
  if (turn === turns) return calling(submit);
  const edit = { file_path: "log.txt", old_string: "END", new_string: `turn ${turn}\nEND` };
  return calling(call("Edit", edit));
}

async function swarm(
  agents: number,
  server: OfflineServer,
): Promise<readonly { readonly result: AgentResult; readonly log: string }[]> {
  const stop = new AbortController();
  await using pool = createPiscinaPool({
    workerFile,
    threadsMax: 2,
    agentsPerThread: Math.ceil(agents / 2),
    answer: governed(agents, stop.signal),
    setup: {
      api: { baseUrl: server.url, apiKey: server.apiKey, silenceMs: 2_000 },
      known: [],
      hooks: [],
      asksPerson: false,
      mcpTools: [],
      shell: { mode: "look-only", gitDir: "/", checkout: "/", home: "/", path: "" },
      compileCache: tempTree({}),
    },
  });
  const ended = await Promise.all(
    Array.from({ length: agents }, async (_, index) => {
      const root = tempTree({ "log.txt": "END\n" });
      const contract = agentContract(root, {
        unitId: `unit-${index}`,
        model: "claude-sonnet-5-5",
        brief: "All of them know this. ".repeat(400),
      });
      const result = await pool.run(contract, { signal: stop.signal, onEvent: () => undefined });
      return { result, log: readFileSync(join(root, "log.txt"), "utf8") };
    }),
  );
  stop.abort();
  return ended;
}

const whole = `${[1, 2, 3, 4, 5].map((turn) => `turn ${turn}\n`).join("")}END\n`;

test("64 agents on an API that often fails all come to an end, and no tool's effect is there twice", async () => {
  const share = 0.05;
  const faults: readonly Fault[] = [
    { share, fault: "rate-limit", retryAfter: 0.05 },
    { share, fault: "overloaded" },
    { share, fault: "server-error" },
    { share, fault: "cut", byte: 700 },
    { share, fault: "stall", ms: 60_000 },
    { share, fault: "garbled" },
  ];
  const server = await startOfflineServer({ responder: answer, mode: "lint", faults });
  onTestFinished(() => server.close());
  const ended = await swarm(64, server);
  expect(ended.map(({ result }) => result).filter(({ status }) => status !== "submitted")).toEqual(
    [],
  );
  expect(ended.map(({ log }) => log)).toEqual(ended.map(() => whole));
  expect(server.stats().refused).toEqual([]);
  expect(server.stats().faults).toBeGreaterThan(80);
});

test.each([2, 16, 64])(
  "%d agents that start at once write what they share to the cache once",
  async (agents) => {
    const server = await startOfflineServer({ responder: answer, mode: "lint", latencyMs: 20 });
    onTestFinished(() => server.close());
    const ended = await swarm(agents, server);
    expect(ended.every(({ result }) => result.status === "submitted")).toBe(true);
    expect(server.stats().stampedeTokens).toBe(0);
  },
);

test("requests are spread by what the server allows: nobody is refused for the limit of a minute", async () => {
  const limits = { requests: 2_000, inputTokens: 400_000, outputTokens: 100_000 };
  const server = await startOfflineServer({ responder: answer, mode: "lint", limits });
  onTestFinished(() => server.close());
  await swarm(8, server);
  expect(server.stats().limited).toBe(0);
});
