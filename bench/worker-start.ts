/**
 * What a thread costs before its agent sends the first request. Cold: a new thread until its entry has loaded, bundled
 * or not, with and without the compile cache, against an empty thread. Warm: from handing a contract to the pool until
 * the first event of its agent is back. Targets: 60 ms of CPU cold, 2 ms warm.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";

import { createPiscinaPool } from "../src/adapters/pool/piscina-pool.ts";
import { governed } from "../test/support/governed.ts";
import { bundledWorker, unbundledWorker } from "./support/bundle.ts";
import { benchContract } from "./support/contract.ts";
import { type Cost, costOf, interleaved, median } from "./support/measure.ts";
import { startOfflineChild } from "./support/offline-child.ts";
import { print } from "./support/print.ts";

const rounds = 9;
const folder = await mkdtemp(join(tmpdir(), "skein-bench-"));
const bundled = await bundledWorker();
const unbundled = await unbundledWorker();
const setup = {
  api: { baseUrl: "http://127.0.0.1:9", apiKey: "none" },
  known: [],
  hooks: [],
  asksPerson: false,
  mcpTools: [],
  shell: { mode: "look-only" as const, gitDir: folder, checkout: folder, home: folder, path: "" },
};

/** A thread that says "ready" once `entry` has loaded all it needs for an agent, and ends. */
async function startThread(entry: URL | undefined, compileCache: boolean): Promise<void> {
  // A contract that is none: the entry refuses it when it has loaded what reads contracts.
  const load =
    entry === undefined
      ? "Promise.resolve()"
      : `import(${JSON.stringify(entry.href)}).then((entry) => entry.default({ contract: {}, port: new MessageChannel().port1 }))`;
  const worker = new Worker(
    `const ready = () => require("node:worker_threads").parentPort.postMessage("ready");
     ${load}.then(ready, ready);`,
    {
      eval: true,
      workerData: compileCache ? { ...setup, compileCache: join(folder, "compiled") } : setup,
    },
  );
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await worker.terminate();
}

function cold(entry: URL | undefined, compileCache = false): () => Promise<Cost> {
  return () => costOf(() => startThread(entry, compileCache));
}

/** Milliseconds from `run` to the first event, thread warm. */
async function warm(agents: number): Promise<readonly Cost[]> {
  const submit = { type: "tool_use", name: "Submit", input: { status: "done", summary: "ready" } };
  await using server = await startOfflineChild({ turns: [{ content: [submit] }] });
  await using pool = createPiscinaPool({
    workerFile: bundled,
    threadsMax: 1,
    agentsPerThread: 1,
    answer: governed(64, new AbortController().signal),
    setup: { ...setup, api: { baseUrl: server.baseUrl, apiKey: server.apiKey } },
  });
  const costs: Cost[] = [];
  for (let index = 0; index <= agents; index += 1) {
    let finished: Promise<unknown> = Promise.resolve();
    const cost = await costOf(
      () =>
        new Promise<void>((resolve, reject) => {
          finished = pool.run(benchContract(folder, `agent-${index}`), {
            onEvent: () => resolve(),
            signal: new AbortController().signal,
          });
          finished.then(() => reject(new Error("the agent ended without an event")), reject);
        }),
    );
    await finished;
    if (index > 0) costs.push(cost);
  }
  return costs;
}

try {
  const costs: Readonly<Record<string, readonly Cost[]>> = {
    ...(await interleaved(
      {
        "cold, empty thread": cold(undefined),
        "cold, packages not bundled": cold(unbundled),
        "cold, bundled": cold(bundled),
        "cold, bundled, compile cache": cold(bundled, true),
      },
      rounds,
    )),
    "warm, to the first event": await warm(20),
  };
  print(
    "A thread until its agent can begin (medians)",
    Object.entries(costs).map(([thread, list]) => ({
      thread,
      "wall ms": median(list.map((cost) => cost.wallMs)),
      "cpu ms": median(list.map((cost) => cost.cpuMs)),
    })),
  );
} finally {
  for (const entry of [bundled, unbundled])
    await rm(dirname(fileURLToPath(entry)), { recursive: true });
  await rm(folder, { recursive: true });
}
