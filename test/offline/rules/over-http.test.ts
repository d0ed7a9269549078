import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { createAnthropicClient } from "../../../src/adapters/model/anthropic-client.ts";
import { createDecider } from "../../../src/adapters/shell/create-decider.ts";
import { createCompactionDesk } from "../../../src/agent/context/compaction-desk.ts";
import { runAgent } from "../../../src/agent/run-agent.ts";
import { usualUpkeep } from "../../../src/core/context/thresholds.ts";
import type { Contract } from "../../../src/model/contract.ts";
import type { AgentResult, Role } from "../../../src/model/contract.ts";
import { createRulesResponder } from "../../../src/offline/rules/responder.ts";
import {
  type OfflineServer,
  startOfflineServer,
} from "../../../src/offline/server/start-server.ts";
import { openGate } from "../../support/open-gate.ts";
import { takesAll } from "../../support/takes-all.ts";
import { tempRepository } from "./harness.ts";

let server: OfflineServer;
const outDir = mkdtempSync(join(tmpdir(), "skein-rules-out-"));
beforeAll(async () => {
  server = await startOfflineServer({ responder: createRulesResponder(), mode: "faithful" });
});
afterAll(async () => {
  await server.close();
  rmSync(outDir, { recursive: true, force: true });
});

/** A real agent: the product's loop and tools, the SDK, and the server with its checks in between. */
function agent(root: string, role: Role, goal: string): Promise<AgentResult> {
  const contract = {
    runId: "r",
    unitId: `${role}[x]`,
    attempt: 1,
    role,
    goal,
    root,
    base: "",
    outDir,
    transcript: join(outDir, `${role}.jsonl`),
    scope: { write: role === "coordinator" ? [] : ["**"] },
    checks: [],
    upstream: [],
    brief: "A small repository.",
    memory: "",
    plan: "",
    tools: ["Read", "Write", "Edit", "Glob", "Grep", "Submit"] as const,
    shell: "unsandboxed" as const,
    permissions: { mode: "accept-edits" as const, rules: [] },
    files: [],
    env: {},
    model: "claude-sonnet-5-5",
    maxOutputTokens: 16_000,
    window: { inputTokensMax: 1_000_000 },
    caps: [],
    priority: 0,
    limits: { turns: 60, commandMs: 10_000 },
  };
  const client = createAnthropicClient({ baseUrl: server.url, apiKey: server.apiKey });
  const shell = { run: () => Promise.reject(new Error("no command is to be run here")) };
  return runAgent(
    { ...contract, tools: [...contract.tools] },
    {
      client,
      countTokens: () => Promise.resolve(undefined),
      shell,
      fetchPage: () => Promise.resolve({ kind: "refused", reason: "there is no web here" }),
      deciderOf: (all: Contract) => createDecider(all, { home: "/nonexistent", path: "/usr/bin" }),
      clean: (text) => text,
      neutralGit: {},
      runHooks: () => Promise.resolve({ warnings: [] }),
      ask: takesAll,
      gate: openGate,
      upkeep: usualUpkeep,
      asksPerson: false,
      mcpTools: [],
      loadPlanDoor: () => import("../../../src/core/plan/plan-for-model.ts"),
    },
    { emit: () => {}, signal: new AbortController().signal, desk: createCompactionDesk() },
  );
}

test("a coordinator's plan is accepted as it is by the check of plan files", async () => {
  using repository = tempRepository({
    "package.json": '{ "name": "x", "scripts": { "test": "node --test" } }\n',
    "src/a.js": "export const getUser = 1;\n",
    "src/b.js": "import { getUser } from './a.js';\n",
  });
  const result = await agent(
    repository.root,
    "coordinator",
    "Rename getUser to fetchUser, keep the tests green.",
  );
  expect(result).toMatchObject({
    status: "planned",
    summary: "offline model: 2 files in 2 units, verified by npm test",
  });
  expect(result.status === "planned" ? result.plan : "").toContain("on-conflict: agent");
});

test("a worker's whole conversation keeps the rules of the API and changes the files", async () => {
  using repository = tempRepository({
    "a.js": "export const getUser = require('fs');\n",
    "b.md": "`getUser`\n",
  });
  const result = await agent(
    repository.root,
    "worker",
    "Rename getUser to fetchUser and prefix built-in imports with node:",
  );
  expect(result).toMatchObject({
    status: "submitted",
    delivery: { status: "done", files: ["a.js", "b.md"] },
  });
  expect(repository.read("a.js")).toBe("export const fetchUser = require('node:fs');\n");
  expect(server.stats()).toMatchObject({ refused: [] });
});

test("a coordinator that does not understand ends as failed, never with a plan", async () => {
  using repository = tempRepository({ "a.js": "a();\n" });
  const result = await agent(repository.root, "coordinator", "Make it nicer.");
  expect(result.status).toBe("failed");
});
