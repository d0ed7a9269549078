import type { DaemonRecord } from "../../model/daemon.ts";
import type { DaemonWorld } from "../../ports/daemon-world.ts";

/** The daemon's record, and its way to the disk. */
export interface KeptRecord {
  readonly now: () => DaemonRecord;
  /** It is the record from here on. Gives why it is not on the disk; undefined: it is. */
  readonly keep: (record: DaemonRecord) => Promise<string | undefined>;
  /** Resolves when nothing is on its way to the disk any more. */
  readonly kept: () => Promise<unknown>;
}

/** Records are put on the disk one after the other, so that an older one is never the last there. */
export function keptRecord(
  first: DaemonRecord,
  { records, log }: Pick<DaemonWorld, "records" | "log">,
): KeptRecord {
  let now = first;
  let keeping: Promise<unknown> = Promise.resolve();
  return {
    now: () => now,
    keep: (record) => {
      now = record;
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
