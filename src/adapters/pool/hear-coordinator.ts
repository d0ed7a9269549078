import type { MessagePort } from "node:worker_threads";

import type { Compaction } from "../../model/control.ts";
import type { Asker } from "./ask-coordinator.ts";
import type { FromThread, ToThread } from "./wire.ts";

/** The thread's side of what the coordinator says to one agent. When it is gone, nobody waits for the agent any more. */
export function hearCoordinator(
  port: MessagePort,
  agent: {
    readonly asker: Asker;
    /** Asks the agent to sum up its context; resolves when it is known what came of it. */
    readonly compact: () => Promise<Compaction>;
    readonly stop: () => void;
  },
): void {
  const compact = async (): Promise<void> => {
    const told: FromThread = { kind: "compaction", came: await agent.compact() };
    port.postMessage(told);
  };
  // Our own side speaks here: no agent has a hand in it.
  port.on("message", (message: ToThread) => {
    if (message.kind === "answer") agent.asker.onAnswer(message);
    else if (message.kind === "compact") void compact();
    else agent.stop();
  });
  port.on("close", () => {
    agent.stop();
    agent.asker.close();
  });
}
