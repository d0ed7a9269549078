import type { LimitFunction } from "p-limit";

import type { AgentResult } from "../../model/contract.ts";
import { noSpend } from "../../model/spend.ts";

/** Runs an agent in the next free slot. One that is cancelled while it waits ends at once and is never started. */
export function whenFree(
  slots: LimitFunction,
  signal: AbortSignal,
  start: () => Promise<AgentResult>,
): Promise<AgentResult> {
  const cancelled: AgentResult = { status: "cancelled", spent: noSpend };
  if (signal.aborted) return Promise.resolve(cancelled);
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(cancelled);
    signal.addEventListener("abort", giveUp, { once: true });
    slots(async () => {
      if (signal.aborted) return;
      signal.removeEventListener("abort", giveUp);
      resolve(await start());
    }).catch(reject);
  });
}
