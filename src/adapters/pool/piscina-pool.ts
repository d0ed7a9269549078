import pLimit from "p-limit";
import { Piscina } from "piscina";

import type { AgentResult } from "../../model/contract.ts";
import type { AgentPool } from "../../ports/agent-pool.ts";
import type { AnswerSharedQuestion } from "../../ports/questions.ts";
import { createAgentsAtWork } from "./agents-at-work.ts";
import { compileCacheFolder } from "./compile-cache.ts";
import { runInThread, type Threads } from "./run-in-thread.ts";
import { whenFree } from "./when-free.ts";
import type { ThreadSetup, ThreadTask } from "./wire.ts";

export interface PoolOptions {
  /** The bundled thread entry. */
  readonly workerFile: URL;
  readonly threadsMax: number;
  /**
   * 1 isolates best. With more, agents that wait for the API share a thread: one that crashes, runs out of memory or
   * has to be ended takes its neighbours with it (they fail as `thread-crashed`, to be retried), and one that computes
   * holds them up.
   */
  readonly agentsPerThread: number;
  readonly setup: ThreadSetup;
  readonly answer: AnswerSharedQuestion;
  /** How long a cancelled agent may take to stop by itself, in milliseconds. */
  readonly graceMs?: number;
  /** JavaScript heap of one thread, in MB. Buffers are outside of it. */
  readonly memoryMb?: number;
}

const graceDefaultMs = 5_000;
const memoryDefaultMb = 512;
/** Threads stay warm this long without work: starting one costs more than keeping it. */
const idleMs = 30_000;

/** Agents in worker threads. Threads start when needed and are reused; one that dies takes its own agents with it and no other. */
export function createPiscinaPool(options: PoolOptions): AgentPool {
  const { threadsMax, agentsPerThread } = options;
  const threads = startThreads(options);
  // The queue is ours: Piscina's own would forget a waiting task when the thread before it crashes.
  const slots = pLimit(threadsMax * agentsPerThread);
  const closing = new AbortController();
  const running = new Set<Promise<AgentResult>>();
  return {
    run: (contract, { signal, ...options }) => {
      const either = AbortSignal.any([signal, closing.signal]);
      const run = whenFree(slots, either, () =>
        runInThread(threads, { ...options, contract, signal: either }),
      );
      running.add(run);
      return run.finally(() => running.delete(run));
    },
    compact: threads.agents.compact,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled(running);
      await threads.pool.destroy();
    },
  };
}

/**
 * An agent waits far more than it computes: a small nursery costs it nothing measurable, and 64 threads a third less
 * memory (bench/agents.ts).
 */
const youngMb = 6;

function startThreads(options: PoolOptions): Threads {
  const { workerFile, threadsMax, agentsPerThread, setup, memoryMb = memoryDefaultMb } = options;
  const pool = new Piscina<ThreadTask, void>({
    filename: workerFile.href,
    minThreads: 0,
    maxThreads: threadsMax,
    concurrentTasksPerWorker: agentsPerThread,
    idleTimeout: idleMs,
    // Nothing of the user's environment: an agent's thread needs no key, token or proxy from there.
    env: { PATH: process.env["PATH"] ?? "" },
    workerData: { compileCache: compileCacheFolder(process.env), ...setup },
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMb,
      maxYoungGenerationSizeMb: youngMb,
      stackSizeMb: 4,
    },
    // Waiting on atomics would stop the agents of a thread between tasks.
    atomics: "disabled",
    recordTiming: false,
  });
  const notStarted: Threads["notStarted"] = new Set();
  // A thread that dies before or between its tasks belongs to none of them. Those that wait for a thread would wait on.
  pool.on("error", (error: Error) => {
    for (const fail of notStarted) fail(error);
  });
  const { graceMs = graceDefaultMs, answer } = options;
  return { pool, notStarted, graceMs, answer, agents: createAgentsAtWork() };
}
