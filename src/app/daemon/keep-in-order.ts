import type { DaemonRecord } from "../../model/daemon.ts";
import type { DaemonWorld } from "../../ports/daemon-world.ts";

export interface Keeping {
  /** Gives why it is not on the disk; undefined: it is. */
  readonly keep: (record: DaemonRecord) => Promise<string | undefined>;
  /** Resolves when nothing is on its way to the disk any more. */
  readonly kept: () => Promise<unknown>;
}

/** Puts records on the disk one after the other, so that an older one is never the last there. */
export function keepInOrder({ records, log }: Pick<DaemonWorld, "records" | "log">): Keeping {
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    keep: (record) => {
      const kept = keeping.then(() =>
        records.keep(record).then(
          () => undefined,
          (error: unknown) => {
            const why = error instanceof Error ? error.message : String(error);
            log(unkept(why));
            return why;
          },
        ),
      );
      keeping = kept;
      return kept;
    },
    kept: () => keeping,
  };
}

export function unkept(why: string): string {
  return `the daemon's record cannot be written: ${why}`.slice(0, 900);
}
