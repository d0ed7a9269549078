import { once } from "node:events";
import type { MessagePort } from "node:worker_threads";

import type { AgentResult } from "../../model/contract.ts";
import type { Compaction } from "../../model/control.ts";
import type { AgentEvent } from "../../model/event.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { AnswerQuestion, AskingAgent } from "../../ports/questions.ts";
import { answerQuestions } from "./answer-questions.ts";
import { fromThreadSchema } from "./wire.ts";

/** What a thread has said of one agent. */
export interface Heard {
  readonly spent: Spend;
  readonly result: AgentResult | undefined;
}

/** A thread that was ended still takes a moment to stop; it may be in the middle of writing a file. */
const endMs = 5_000;

/**
 * Passes an agent's events on as they come. The last spend is remembered, so that a crashed agent's cost still counts.
 * What does not have a message's shape is dropped: whoever sends it gives no result either, and that is a failure.
 */
export function listen(
  port: MessagePort,
  tell: {
    readonly onStart: (thread: number) => void;
    readonly onEvent: (event: AgentEvent) => void;
    readonly onCompaction: (came: Compaction) => void;
    readonly questions: Pick<AskingAgent, "contract"> & { readonly answer: AnswerQuestion };
  },
): { readonly end: () => Promise<Heard> } {
  let spent = noSpend;
  let result: AgentResult | undefined;
  const questions = answerQuestions(port, tell.questions);
  const take = (message: unknown): void => {
    const parsed = fromThreadSchema.safeParse(message);
    if (!parsed.success || result !== undefined) return;
    const { data } = parsed;
    if (data.kind === "started") tell.onStart(data.thread);
    else if (data.kind === "result") ({ result } = data);
    else if (data.kind === "compaction") tell.onCompaction(data.came);
    else if (data.kind !== "event") questions.take(data);
    else {
      if (data.event.kind === "spent") ({ spent } = data.event);
      tell.onEvent(data.event);
    }
  };
  port.on("message", take);
  port.on("close", questions.close);
  const closed = once(port, "close");
  return {
    /**
     * Everything the thread said, once it has closed its side: by itself, or because the thread is no more. The end of
     * a port comes after its messages.
     */
    end: async () => {
      const tooLong = setTimeout(() => port.close(), endMs);
      await closed;
      clearTimeout(tooLong);
      return { spent, result };
    },
  };
}
