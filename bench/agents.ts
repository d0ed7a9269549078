/**
 * Agents that wait for a model: 64 of them, 10 turns each, 300 ms a turn, through the real pool, threads, SDK and offline
 * server (in a process of its own). Ideal is turns x latency, as if everything else were free. Target: 1.15 of it.
 * `--agents N`, `--rounds N`, `--per-thread 1,8`: how many agents share a thread.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { createPiscinaPool } from "../src/adapters/pool/piscina-pool.ts";
import type { AgentResult } from "../src/model/contract.ts";
import { governed } from "../test/support/governed.ts";
import { bundledWorker } from "./support/bundle.ts";
import { benchContract } from "./support/contract.ts";
import { type Cost, costOf, interleaved, median } from "./support/measure.ts";
import { type OfflineChild, startOfflineChild } from "./support/offline-child.ts";
import { print } from "./support/print.ts";

const { values } = parseArgs({
  options: {
    agents: { type: "string", default: "64" },
    rounds: { type: "string", default: "3" },
    "per-thread": { type: "string", default: "1" },
    json: { type: "boolean" },
  },
});
const agents = Number(values.agents);
const rounds = Number(values.rounds);
const turns = 10;
const latencyMs = 300;
const perThread = values["per-thread"].split(",").map(Number);

const read = { type: "tool_use", name: "Read", input: { file_path: "notes.md" } };
const submit = { type: "tool_use", name: "Submit", input: { status: "done", summary: "read" } };
const script = {
  turns: Array.from({ length: turns }, (_, turn) => ({
    content: [turn === turns - 1 ? submit : read],
    latencyMs,
  })),
};

const worker = await bundledWorker();
await using server = await startOfflineChild(script);
const root = await mkdtemp(join(tmpdir(), "skein-bench-"));
await writeFile(join(root, "notes.md"), "a line of a note\n".repeat(120));

/** All agents at once on a pool whose threads are warm: they were started by a first, uncounted round of agents. */
async function measure(agentsPerThread: number, api: OfflineChild): Promise<Cost> {
  await using pool = createPiscinaPool({
    workerFile: worker,
    threadsMax: Math.ceil(agents / agentsPerThread),
    agentsPerThread,
    answer: governed(64, new AbortController().signal),
    setup: {
      api: { baseUrl: api.baseUrl, apiKey: api.apiKey },
      known: [],
      hooks: [],
      asksPerson: false,
      mcpTools: [],
      shell: { mode: "look-only", gitDir: root, checkout: root, home: root, path: "" },
    },
  });
  const all = (): Promise<readonly AgentResult[]> =>
    Promise.all(
      Array.from({ length: agents }, (_, index) =>
        pool.run(benchContract(root, `agent-${index}`), {
          onEvent: () => {},
          signal: new AbortController().signal,
        }),
      ),
    );
  await all();
  return await costOf(async () => {
    const failed = (await all()).find((result) => result.status !== "submitted");
    if (failed !== undefined) throw new Error(`an agent ended as ${JSON.stringify(failed)}`);
  });
}

try {
  const costs = await interleaved(
    Object.fromEntries(
      perThread.map((count) => [`${count} per thread`, () => measure(count, server)]),
    ),
    rounds,
  );
  const ideal = turns * latencyMs;
  print(
    `${agents} agents x ${turns} turns at ${latencyMs} ms, warm threads (medians of ${rounds})`,
    Object.entries(costs).map(([name, list]) => ({
      pool: name,
      "wall ms": median(list.map((cost) => cost.wallMs)),
      "to ideal": median(list.map((cost) => cost.wallMs)) / ideal,
      "cpu ms/turn": median(list.map((cost) => cost.cpuMs)) / agents / turns,
      "rss MB": process.memoryUsage.rss() / 2 ** 20,
    })),
  );
} finally {
  for (const folder of [root, dirname(fileURLToPath(worker))])
    await rm(folder, { recursive: true });
}
