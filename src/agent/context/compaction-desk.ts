import type { Compaction } from "../../model/control.ts";

/** Where a person's wish that an agent sum up its context waits for the agent's next turn boundary. */
export interface CompactionDesk {
  /** Resolves when it is known what came of it. Several that ask meanwhile are told the same. */
  readonly ask: () => Promise<Compaction>;
  readonly isAsked: () => boolean;
  readonly answer: (came: Compaction) => void;
}

export function createCompactionDesk(): CompactionDesk {
  let wish: PromiseWithResolvers<Compaction> | undefined;
  return {
    ask: () => (wish ??= Promise.withResolvers<Compaction>()).promise,
    isAsked: () => wish !== undefined,
    answer: (came) => {
      wish?.resolve(came);
      wish = undefined;
    },
  };
}
