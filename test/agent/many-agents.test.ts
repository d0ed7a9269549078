import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { describe, expect, onTestFinished, test } from "vitest";

import { createPiscinaPool } from "../../src/adapters/pool/piscina-pool.ts";
import type { AgentEvent } from "../../src/model/event.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { Responder } from "../../src/offline/turn.ts";
import type { AgentPool } from "../../src/ports/agent-pool.ts";
import { agentContract } from "../support/agent-contract.ts";
import { governed } from "../support/governed.ts";
import { call, calling, submit, tempTree } from "./agent-rig.ts";

const workerFile = pathToFileURL(resolve("dist/workers/agent.worker.js"));

/** A pool of the real thread entry, in front of a server in lint mode. */
async function open(
  responder: Responder,
  agentsPerThread: number,
): Promise<{ readonly pool: AgentPool; readonly refused: () => readonly unknown[] }> {
  const server = await startOfflineServer({ responder, mode: "lint" });
  const pool = createPiscinaPool({
    workerFile,
    threadsMax: 2,
    agentsPerThread,
    answer: governed(8, new AbortController().signal),
    setup: {
      api: { baseUrl: server.url, apiKey: server.apiKey },
      known: [],
      hooks: [],
      asksPerson: false,
      mcpTools: [],
      shell: { mode: "look-only", gitDir: "/", checkout: "/", home: "/", path: "" },
      compileCache: tempTree({}),
    },
  });
  onTestFinished(async () => {
    await pool[Symbol.asyncDispose]();
    await server.close();
  });
  return { pool, refused: () => server.stats().refused };
}

function run(pool: AgentPool, unitId: string, root: string, events: AgentEvent[] = []) {
  return pool.run(agentContract(root, { unitId, model: "claude-opus-5-5" }), {
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
}

describe.each([1, 4])("with %d agents per thread", (agentsPerThread) => {
  test("8 agents of 20 turns with parallel tool calls send no request that a strict server refuses", async () => {
    const root = tempTree({ "a.txt": "one\ntwo\n" });
    const { pool, refused } = await open(({ messages }) => {
      const turn = messages.filter(({ role }) => role === "assistant").length;
      if (turn === 19) return calling(submit);
      return {
        content: [
          { type: "text", text: `Turn ${turn}.` },
          call("Read", { file_path: "a.txt" }),
          call("Grep", { pattern: "t.o" }),
          call("Write", { file_path: `out-${turn}.txt`, content: `${turn}` }),
          call("Glob", { pattern: "*.nothing" }),
          call("Read", { file_path: turn % 2 === 0 ? "missing.txt" : `out-${turn}.txt` }),
          call("Bash", { command: "true" }),
        ],
      };
    }, agentsPerThread);
    const events: AgentEvent[][] = Array.from({ length: 8 }, () => []);
    const results = await Promise.all(
      events.map((told, index) => run(pool, `agent-${index}`, root, told)),
    );
    expect(refused()).toEqual([]);
    for (const [index, result] of results.entries()) {
      expect(result).toMatchObject({ status: "submitted", spent: { turns: 20 } });
      const kinds = events[index]?.map(({ kind }) => kind) ?? [];
      expect(kinds.filter((kind) => kind === "tool-finished")).toHaveLength(19 * 6 + 1);
    }
  });
});

test("a worktree that is gone is that agent's failure", async () => {
  const { pool } = await open(() => calling(submit), 1);
  const gone = join(tempTree({}), "gone");
  writeFileSync(`${gone}-transcript.jsonl`, "");
  expect(await run(pool, "a", gone)).toMatchObject({
    status: "failed",
    failure: { message: expect.stringContaining("ENOENT") },
  });
});
