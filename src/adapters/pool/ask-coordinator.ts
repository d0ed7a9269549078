import type { MessagePort } from "node:worker_threads";

import type { Ask } from "../../ports/questions.ts";
import type { FromThread, ToThread } from "./wire.ts";

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

export interface Asker {
  readonly ask: Ask;
  /** To be told of every answer that comes in. */
  readonly onAnswer: (answer: Extract<ToThread, { kind: "answer" }>) => void;
  /** Nobody is left to answer. */
  readonly close: () => void;
}

/** The thread's side of questions: each has a number, by which its answer is known. */
export function createAsker(port: MessagePort): Asker {
  const waiting = new Map<number, Waiting>();
  const tell = (message: FromThread): void => port.postMessage(message);
  let count = 0;
  return {
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(notAsked());
          return;
        }
        const id = (count += 1);
        const drop = (): void => {
          waiting.delete(id);
          tell({ kind: "question-dropped", id });
          reject(notAsked());
        };
        waiting.set(id, {
          resolve: (answer) => {
            signal.removeEventListener("abort", drop);
            resolve(answer);
          },
          reject,
        });
        signal.addEventListener("abort", drop, { once: true });
        tell({ kind: "question", id, question });
      }),
    onAnswer: ({ id, answer }) => {
      waiting.get(id)?.resolve(answer as never);
      waiting.delete(id);
    },
    close: () => {
      for (const { reject } of waiting.values()) reject(new Error("nobody is left to answer"));
      waiting.clear();
    },
  };
}

function notAsked(): Error {
  return new Error("the agent was stopped before it had an answer");
}
