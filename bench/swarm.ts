/**
 * 64 agents of 20 turns on an API that fails often (5% each of 429, 529, 500, cut, stalled and garbled answers) and has
 * a limit of requests a minute. Ideal is what that limit alone would take for the requests it counted. Target: 1.3 of it.
 * `--agents N`, `--per-minute N`.
 */
import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { createPiscinaPool } from "../src/adapters/pool/piscina-pool.ts";
import type { Fault } from "../src/offline/server/faults.ts";
import { startOfflineServer } from "../src/offline/server/start-server.ts";
import { governed } from "../test/support/governed.ts";
import { bundledWorker } from "./support/bundle.ts";
import { benchContract } from "./support/contract.ts";
import { print } from "./support/print.ts";

const { values } = parseArgs({
  options: {
    agents: { type: "string", default: "64" },
    "per-minute": { type: "string", default: "1000" },
    json: { type: "boolean" },
  },
});
const agents = Number(values.agents);
const perMinute = Number(values["per-minute"]);
const turns = 20;
const share = 0.05;
const faults: readonly Fault[] = [
  { share, fault: "rate-limit", retryAfter: 1 },
  { share, fault: "overloaded" },
  { share, fault: "server-error" },
  { share, fault: "cut", byte: 700 },
  { share, fault: "stall", ms: 60_000 },
  { share, fault: "garbled" },
];

const rows = [];
for (const plan of [[], faults]) {
  let counted = 0;
  const server = await startOfflineServer({
    mode: "lint",
    latencyMs: 100,
    faults: plan,
    limits: { requests: perMinute, inputTokens: 50_000_000, outputTokens: 10_000_000 },
    onAnswer: () => (counted += 1),
    responder: ({ messages }) => ({
      content: [
        messages.length > 2 * (turns - 1)
          ? { type: "tool_use", name: "Submit", input: { status: "done", summary: "read" } }
          : { type: "tool_use", name: "Read", input: { file_path: "notes.md" } },
      ],
    }),
  });
  const root = realpathSync(mkdtempSync(join(tmpdir(), "skein-bench-")));
  writeFileSync(join(root, "notes.md"), "a line of a note\n".repeat(20));
  const stop = new AbortController();
  const pool = createPiscinaPool({
    workerFile: await bundledWorker(),
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
      compileCache: root,
    },
  });
  const start = performance.now();
  const ended = await Promise.all(
    Array.from({ length: agents }, (_, index) =>
      pool.run(benchContract(root, `unit-${index}`), {
        signal: stop.signal,
        onEvent: () => undefined,
      }),
    ),
  );
  const seconds = (performance.now() - start) / 1_000;
  stop.abort();
  const stats = server.stats();
  await pool[Symbol.asyncDispose]();
  await server.close();
  // A minute's requests may go at once; the others as the limit lets them.
  const ideal = Math.max((turns * 100) / 1_000, (counted - perMinute) / (perMinute / 60));
  rows.push({
    faults: plan.length === 0 ? "none" : "5% each of six",
    delivered: `${ended.filter(({ status }) => status === "submitted").length} of ${agents}`,
    requests: stats.requests,
    faulted: stats.faults,
    limited: stats.limited,
    seconds: seconds,
    ideal: ideal,
    "of ideal": seconds / ideal,
  });
}
print(`${agents} agents of ${turns} turns, ${perMinute} requests a minute`, rows);
