import type { MessagePort } from "node:worker_threads";

import type { AnswerQuestion, AskingAgent } from "../../ports/questions.ts";
import type { FromThread, ToThread } from "./wire.ts";

type FromAsker = Extract<FromThread, { kind: "question" | "question-dropped" }>;

/** Questions of one agent that may be open at a time. One that asks more is not answered: its thread is not trusted. */
const openMax = 64;

/** The coordinator's side of one agent's questions. Closing it drops those that are open. */
export function answerQuestions(
  port: MessagePort,
  { contract, answer }: Pick<AskingAgent, "contract"> & { readonly answer: AnswerQuestion },
): { readonly take: (message: FromAsker) => void; readonly close: () => void } {
  const open = new Map<number, AbortController>();
  const gone = new AbortController();
  const tell = (message: ToThread): void => port.postMessage(message);
  const reply = async (id: number, question: Parameters<AnswerQuestion>[0]): Promise<void> => {
    const stop = new AbortController();
    open.set(id, stop);
    const answered = await answer(question, { contract, signal: stop.signal, gone: gone.signal });
    if (open.delete(id)) tell({ kind: "answer", id, answer: answered });
  };
  return {
    take: (message) => {
      if (message.kind === "question-dropped") {
        open.get(message.id)?.abort();
        open.delete(message.id);
      } else if (open.size < openMax && !open.has(message.id)) {
        void reply(message.id, message.question);
      }
    },
    close: () => {
      for (const stop of open.values()) stop.abort();
      open.clear();
      gone.abort();
    },
  };
}
