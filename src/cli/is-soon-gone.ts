import { setTimeout as delay } from "node:timers/promises";

import { isOwnerAlive } from "../adapters/run-owner.ts";

const betweenMs = 50;

/** Whether the owner of a folder is gone, or is within so many milliseconds: a killed process is seen for a moment more. */
export async function isSoonGone(folder: string, withinMs: number): Promise<boolean> {
  for (let waitedMs = 0; await isOwnerAlive(folder); waitedMs += betweenMs) {
    if (waitedMs >= withinMs) return false;
    await delay(betweenMs);
  }
  return true;
}
