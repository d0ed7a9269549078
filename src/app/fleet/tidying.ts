import pLimit from "p-limit";

/** Clears away what ended units leave, while the commands of others run. */
export interface Tidying extends AsyncDisposable {
  /** Resolves when it is begun or waits for its turn; whoever is faster than the disk waits for it. */
  later(work: () => Promise<void>): Promise<void>;
}

const atOnce = 2;
/** Of a thousand repositories the worktrees of no more than these are on the disk without need. */
const waitingMax = 8;

export function createTidying(): Tidying {
  const limit = pLimit(atOnce);
  const pending = new Set<Promise<void>>();

  return {
    later: async (work) => {
      while (pending.size >= waitingMax) await Promise.race(pending);
      // What cannot be removed stays for the next run's sweep: nothing that was done hangs on it.
      const done = limit(work)
        .catch(() => undefined)
        .finally(() => pending.delete(done));
      pending.add(done);
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(pending);
    },
  };
}
