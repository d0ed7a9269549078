import { appendFileSync } from "node:fs";
import { enableCompileCache } from "node:module";

import { workerData } from "piscina";

import { createAnthropicClient } from "../src/adapters/model/anthropic-client.ts";
import {
  type FromThread,
  type ThreadSetup,
  type ThreadTask,
  toThreadSchema,
} from "../src/adapters/pool/wire.ts";
import { createShell } from "../src/adapters/sandbox/create-shell.ts";
import { runAgent } from "../src/agent/run-agent.ts";
import { checkPlanObject, planSchema } from "../src/core/plan/plan-for-model.ts";
import { contractSchema } from "../src/model/contract.ts";

enableCompileCache?.();
const setup = workerData as ThreadSetup;
const client = createAnthropicClient(setup.api);
const { mode, ...policy } = setup.shell;
const shell = createShell({ mode, policy, parentEnv: process.env });

/** One agent: the contract is parsed at the door, events and the result go back over the port. */
export default async function runContract({ contract, port }: ThreadTask): Promise<void> {
  const stop = new AbortController();
  const tell = (message: FromThread): void => port.postMessage(message);
  port.on("message", (message: unknown) => {
    if (toThreadSchema.safeParse(message).success) stop.abort();
  });
  const parts = { client, shell, planSchema, checkPlan: checkPlanObject };
  const parsed = contractSchema.parse(contract);
  const result = await runAgent(parsed, parts, {
    emit: (event) => tell({ kind: "event", event }),
    // At once and in order: a transcript that ends with the last complete message is what a later run can go on from.
    keep: (message) =>
      appendFileSync(parsed.transcript, `${JSON.stringify(message)}\n`, { mode: 0o600 }),
    signal: stop.signal,
  });
  tell({ kind: "result", result });
  port.close();
}
