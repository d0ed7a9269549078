import { MessageChannel, type MessagePort } from "node:worker_threads";

import { Piscina } from "piscina";

import type { AgentResult, Contract } from "../../model/contract.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { AgentPool, AgentRunOptions } from "../../ports/agent-pool.ts";
import { fromThreadSchema, type ThreadSetup, type ThreadTask } from "./wire.ts";

export interface PoolOptions {
  /** The bundled thread entry. */
  readonly workerFile: URL;
  readonly threadsMax: number;
  /** 1 isolates best: a crash then ends one agent. More of them share a thread when thousands wait for the API. */
  readonly agentsPerThread: number;
  readonly setup: ThreadSetup;
  /** How long a cancelled agent may take to stop by itself, in milliseconds. */
  readonly graceMs?: number;
  /** Heap of one thread, in MB. */
  readonly memoryMb?: number;
}

const graceDefaultMs = 5_000;
const memoryDefaultMb = 512;
/** Threads stay warm this long without work: starting one costs more than keeping it. */
const idleMs = 30_000;

/** Agents in worker threads. Threads start when needed and are reused; one that dies takes its own agents with it and no other. */
export function createPiscinaPool(options: PoolOptions): AgentPool {
  const memoryMb = options.memoryMb ?? memoryDefaultMb;
  const pool = new Piscina<ThreadTask, void>({
    filename: options.workerFile.href,
    minThreads: 0,
    maxThreads: options.threadsMax,
    concurrentTasksPerWorker: options.agentsPerThread,
    idleTimeout: idleMs,
    // Nothing of the user's environment: an agent's thread needs no key, token or proxy from there.
    env: { PATH: process.env["PATH"] ?? "" },
    workerData: options.setup,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 },
    atomics: "disabled",
    recordTiming: false,
  });
  return {
    run: (contract, how) =>
      runInThread(pool, options.graceMs ?? graceDefaultMs, { contract, ...how }),
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

async function runInThread(
  pool: Piscina<ThreadTask, void>,
  graceMs: number,
  task: AgentRunOptions & { readonly contract: Contract },
): Promise<AgentResult> {
  const { port1, port2 } = new MessageChannel();
  const kill = new AbortController();
  const heard = listen(port1, task);
  let grace: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    port1.postMessage({ kind: "cancel" });
    // An agent in an endless loop never reads the message: after the grace time its thread is ended.
    grace = setTimeout(() => kill.abort(), graceMs);
  };
  task.signal.addEventListener("abort", onAbort, { once: true });
  if (task.signal.aborted) onAbort();
  try {
    const work = pool.run(
      { contract: task.contract, port: port2 },
      { transferList: [port2], signal: kill.signal },
    );
    await work;
    return await heard.result;
  } catch (error) {
    const spent = heard.spent();
    if (task.signal.aborted && !kill.signal.aborted) return { status: "cancelled", spent };
    return { status: "failed", failure: threadFailure(error, kill.signal.aborted), spent };
  } finally {
    clearTimeout(grace);
    task.signal.removeEventListener("abort", onAbort);
    port1.close();
  }
}

/** Passes events on as they come; the last spend is remembered, so that a crashed agent's cost is still counted. */
function listen(
  port: MessagePort,
  { onEvent }: AgentRunOptions,
): { readonly result: Promise<AgentResult>; readonly spent: () => Spend } {
  let spent = noSpend;
  const result = new Promise<AgentResult>((resolve) => {
    port.on("message", (message: unknown) => {
      const parsed = fromThreadSchema.safeParse(message);
      if (!parsed.success) return;
      if (parsed.data.kind === "result") return resolve(parsed.data.result);
      const { event } = parsed.data;
      if (event.kind === "spent") spent = event.spent;
      return onEvent(event);
    });
    port.on("close", () => resolve({ status: "failed", failure: silentThread, spent }));
  });
  return { result, spent: () => spent };
}

const silentThread: Failure = failure(
  "thread-crashed",
  "the agent's thread ended without a result",
  {
    hint: "the other units are not affected; retry this one",
  },
);

/** Errors of a dead thread arrive as plain Errors; what they mean is in their code. */
function threadFailure(error: unknown, killed: boolean): Failure {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (killed) {
    return failure("unresponsive", "the agent did not stop when asked and its thread was ended", {
      hint: "the other units are not affected",
    });
  }
  if (code === "ERR_WORKER_OUT_OF_MEMORY") {
    return failure("out-of-memory", "the agent's thread ran out of memory", {
      hint: "the other units are not affected; give the unit a smaller scope",
    });
  }
  return failure("thread-crashed", `the agent's thread crashed: ${message}`, {
    hint: "the other units are not affected; retry this one",
    detail: stack?.slice(0, 2_000),
  });
}
