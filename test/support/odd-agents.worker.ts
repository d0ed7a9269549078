import { setImmediate } from "node:timers/promises";
import { threadId } from "node:worker_threads";

import { createAsker } from "../../src/adapters/pool/ask-coordinator.ts";
import type { ThreadTask, ToThread } from "../../src/adapters/pool/wire.ts";
import type { AgentResult, Contract } from "../../src/model/contract.ts";
import { noSpend } from "../../src/model/spend.ts";
import type { AgentRunOptions } from "../../src/ports/agent-pool.ts";
import type { Ask } from "../../src/ports/questions.ts";

const submitted: AgentResult = {
  status: "submitted",
  delivery: { status: "done", summary: "ok", files: [], evidence: [], openIssues: [], outputs: {} },
  spent: noSpend,
};
export const oneTurn = { ...noSpend, turns: 1, usd: 0.5 };

/** Agents without a model, each with one habit; the contract's goal names it. */
export async function behave(
  contract: Contract,
  { onEvent, signal, ask }: AgentRunOptions & { readonly ask: Ask },
): Promise<AgentResult> {
  const [habit = "", count = "0"] = contract.goal.split(" ");
  onEvent({ kind: "turn-started", turn: 1 });
  switch (habit) {
    case "talk":
      for (let said = 0; said < Number(count); said += 1)
        onEvent({ kind: "said", text: String(said) });
      return submitted;
    case "wait-for-cancel":
      if (!signal.aborted)
        await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      return { status: "cancelled", spent: oneTurn };
    case "throw":
      onEvent({ kind: "spent", spent: oneTurn });
      throw new Error("cannot go on");
    case "throw-outside":
      onEvent({ kind: "spent", spent: oneTurn });
      queueMicrotask(() => {
        throw new Error("nobody waits for this");
      });
      return new Promise(() => {});
    case "throw-after-the-result":
      void setImmediate().then(() => Promise.reject(new Error("too late")));
      return submitted;
    case "exit":
      return process.exit(3);
    case "loop":
      for (;;);
    case "leak":
      return leak();
    case "tell-environment":
      onEvent({ kind: "said", text: Object.keys(process.env).join(" ") });
      return submitted;
    case "ask":
      for (const answer of await Promise.all(
        Array.from({ length: Number(count) }, (_, index) => ask(questionOf(index), signal)),
      ))
        onEvent({ kind: "said", text: answer.text });
      return submitted;
    case "ask-and-give-up": {
      const stop = new AbortController();
      const asked = ask(questionOf(-1), stop.signal);
      stop.abort();
      onEvent({ kind: "said", text: await asked.then(String, (error: Error) => error.message) });
      return submitted;
    }
    case "ask-and-exit":
      void ask(questionOf(-1), signal);
      await setImmediate();
      return process.exit(3);
    case "lie":
      return { status: "submitted" } as AgentResult;
    default:
      throw new Error(`no habit ${habit}`);
  }
}

const questionOf = (value: number) =>
  ({ kind: "mcp-call", tool: "echo", input: { value } }) as const;

function leak(): never {
  const kept: object[] = [];
  for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index })));
}

/** The thread side, as the real entry has it. */
// oxlint-disable-next-line import/no-default-export -- Piscina calls a thread entry's default export
export default async function run({ contract, port }: ThreadTask): Promise<void> {
  const stop = new AbortController();
  const asker = createAsker(port);
  port.on("message", (message: ToThread) => {
    if (message.kind === "answer") asker.onAnswer(message);
    else if (message.kind === "cancel") stop.abort();
    else port.postMessage({ kind: "compaction", came: { kind: "compacted", before: 9, after: 4 } });
  });
  port.on("close", () => stop.abort());
  try {
    port.postMessage({ kind: "started", thread: threadId });
    const onEvent: AgentRunOptions["onEvent"] = (event) =>
      port.postMessage({ kind: "event", event });
    const result = await behave(contract, { onEvent, signal: stop.signal, ask: asker.ask });
    port.postMessage({ kind: "result", result });
  } finally {
    port.close();
  }
}
