import { MessageChannel } from "node:worker_threads";

import type { Piscina } from "piscina";

import type { AgentResult, Contract } from "../../model/contract.ts";
import type { AgentRunOptions } from "../../ports/agent-pool.ts";
import type { AnswerQuestion, AnswerSharedQuestion, JudgeDelivery } from "../../ports/questions.ts";
import type { AgentsAtWork } from "./agents-at-work.ts";
import { listen } from "./listen.ts";
import { silent, threadFailure, unresponsive } from "./thread-failure.ts";
import type { ThreadTask, ToThread } from "./wire.ts";

export interface Threads {
  readonly pool: Piscina<ThreadTask, void>;
  /** Told when a thread died without a task of its own: the tasks that no thread has begun yet. */
  readonly notStarted: Set<(error: Error) => void>;
  /** How long a cancelled agent may take to stop by itself. */
  readonly graceMs: number;
  readonly answer: AnswerSharedQuestion;
  readonly agents: AgentsAtWork;
}

/** One agent in a thread. Whatever becomes of the thread is the agent's result; every event comes before it. */
export async function runInThread(
  { pool, notStarted, graceMs, answer, agents }: Threads,
  {
    contract,
    onEvent,
    onReserved,
    signal,
    judge,
  }: AgentRunOptions & { readonly contract: Contract },
): Promise<AgentResult> {
  const { port1, port2 } = new MessageChannel();
  const gone = Promise.withResolvers<Error>();
  const giveUp = (error: Error): void => {
    port1.close();
    gone.resolve(error);
  };
  let thread: number | undefined;
  const atWork = agents.add(contract.unitId, () => port1.postMessage(compact));
  const heard = listen(port1, {
    onStart: (id) => {
      thread = id;
      notStarted.delete(giveUp);
    },
    onEvent,
    onCompaction: atWork.onCompaction,
    questions: { contract, answer: answerer(answer, { judge, onReserved }) },
  });
  notStarted.add(giveUp);
  let ended = false;
  const stopListening = onCancel(signal, graceMs, {
    ask: () => port1.postMessage(cancel),
    end: () => {
      ended = true;
      // Piscina's own way, a signal per task, would keep it from ever sharing a thread.
      const running = pool.threads.find((one) => one.threadId === thread);
      if (running === undefined) giveUp(new Error("the thread never started"));
      else void running.terminate();
    },
  });
  const run = pool.run({ contract, port: port2 }, { transferList: [port2] });
  const crash = await Promise.race([run.then(() => undefined, toError), gone.promise]);
  notStarted.delete(giveUp);
  stopListening();
  const { spent, result } = await heard.end();
  atWork.close();
  if (result !== undefined) return result;
  if (ended) return { status: "failed", failure: unresponsive, spent };
  if (signal.aborted) return { status: "cancelled", spent };
  const failure = crash === undefined ? silent : threadFailure(crash);
  return { status: "failed", failure, spent };
}

function answerer(
  shared: AnswerSharedQuestion,
  {
    judge = takeAll,
    onReserved,
  }: {
    readonly judge: AgentRunOptions["judge"] | undefined;
    readonly onReserved: AgentRunOptions["onReserved"] | undefined;
  },
): AnswerQuestion {
  return async (question, agent) => {
    if (question.kind === "submit") return judge(question.delivery, agent.gone);
    const answer = await shared(question, agent);
    const isSent = question.kind === "admit" && "ticket" in answer;
    if (!isSent || onReserved === undefined) return answer;
    const { usd, tokens } = question;
    return onReserved({ usd, tokens }).then(
      () => answer,
      () => notWrittenDown,
    );
  };
}

const takeAll: JudgeDelivery = () => Promise.resolve({ kind: "taken" });
const notWrittenDown = {
  kind: "budget",
  message: "what it may cost cannot be written down",
} as const;

const compact: ToThread = { kind: "compact" };
const cancel: ToThread = { kind: "cancel" };

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Asks an agent to stop when the signal aborts. One in an endless loop never hears it, and is ended after the grace time. */
function onCancel(
  signal: AbortSignal,
  graceMs: number,
  how: { readonly ask: () => void; readonly end: () => void },
): () => void {
  let grace: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    how.ask();
    grace = setTimeout(how.end, graceMs);
  };
  signal.addEventListener("abort", onAbort, { once: true });
  return () => {
    clearTimeout(grace);
    signal.removeEventListener("abort", onAbort);
  };
}
