import type { DaemonJob } from "../../ports/daemon-world.ts";

/** Something that is not done, with the reason for whoever looks, or asks for it by hand. */
export function waitingJob(name: string, why: string): DaemonJob {
  return {
    name,
    look: async () => ({ kind: "waits", why }),
    whyNot: async () => why,
    start: async () => ({ isDone: false, said: why, usd: 0, proposals: [] }),
  };
}
