import { enableCompileCache, flushCompileCache } from "node:module";
import { workerData } from "node:worker_threads";

import type { ThreadSetup, ThreadTask } from "../src/adapters/pool/wire.ts";

// Only what is loaded after this call comes from the cache, so this file imports nothing of its own and loads the rest.
const { compileCache } = workerData as ThreadSetup;
if (compileCache !== undefined) enableCompileCache(compileCache);
const runContract = import("./run-contract.ts").then(({ createContractRunner }) => {
  // A thread may be ended rather than end, and would take what it compiled with it.
  flushCompileCache();
  return createContractRunner(workerData);
});

/** The entry of an agent's thread, as Piscina calls it: one call is one agent. */
export default async function run(task: ThreadTask): Promise<void> {
  await (
    await runContract
  )(task);
}
