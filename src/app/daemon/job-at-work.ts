import { slotTime } from "../../core/daemon/due-slot.ts";
import { answered, begun, ended, endsOf, learnt } from "../../core/daemon/record.ts";
import type { DaemonAnswer, RunningJob } from "../../model/daemon.ts";
import type { DaemonJob, DaemonWorld } from "../../ports/daemon-world.ts";
import { doJob } from "./do-job.ts";
import { type KeptRecord, unkept } from "./kept-record.ts";

/** The job that a daemon is at, one at a time: in the record, on the disk, before it begins, and with what came of it when it has ended. */
export interface JobAtWork {
  /** Whether there is one is in the record at once. Gives what came of it. */
  readonly begin: (
    job: DaemonJob,
    at: Pick<RunningJob, "slot" | "byHand">,
  ) => Promise<DaemonAnswer>;
  /** It is to end now, and counts as never begun. */
  readonly giveWay: () => void;
  /** Resolves when nothing is at work. */
  readonly quiet: () => Promise<void>;
  /** Resolves when the next job comes to its end, also one that begins later. */
  readonly ending: () => Promise<void>;
}

export function createJobAtWork(
  world: DaemonWorld,
  record: KeptRecord,
  /** A file was written while one is at work. */
  onWrite: () => void,
): JobAtWork {
  let atWork:
    | { readonly controller: AbortController; readonly ended: Promise<unknown> }
    | undefined;
  let nextEnd = Promise.withResolvers<void>();

  async function work(
    job: DaemonJob,
    signal: AbortSignal,
    {
      onDisk,
      running,
    }: { readonly onDisk: Promise<string | undefined>; readonly running: RunningJob },
  ): Promise<DaemonAnswer> {
    const { slot, byHand, run } = running;
    const time = slotTime(slot) === undefined ? "" : `, for ${slot}`;
    world.log(`${job.name} begins${byHand ? ", by hand" : time}`);
    // Without an intent on the disk nothing begins: nobody would know of it after a crash.
    const notKept = await onDisk;
    const onChild = (more: Parameters<typeof learnt>[1]): void =>
      void record.keep(learnt(record.now(), more));
    const end =
      notKept === undefined
        ? await doJob(job, {
            start: { slot, byHand, run, signal, onChild },
            watch: () => world.watchFiles(onWrite),
          })
        : { outcome: "failed" as const, said: unkept(notKept), usd: 0, proposals: [] };
    const gone = await world.gone(record.now().proposals).catch(() => new Set<string>());
    atWork = undefined;
    await record.keep(ended(answered(record.now(), gone), { ...end, endedAt: world.now() }));
    world.log(`${job.name}: ${end.outcome}${end.said === "" ? "" : `; ${end.said}`}`);
    nextEnd.resolve();
    nextEnd = Promise.withResolvers();
    const { outcome, said, usd } = end;
    return { kind: "ended", job: job.name, outcome, said, usd };
  }

  return {
    begin: (job, at) => {
      const before = endsOf(record.now(), job.name).findLast(({ slot }) => slot === at.slot);
      const run = before?.run === undefined ? {} : { run: before.run };
      const running = { job: job.name, startedAt: world.now(), ...at, ...run };
      const controller = new AbortController();
      // Said before anything is awaited: two looks must not both begin something.
      const onDisk = record.keep(begun(record.now(), running));
      const done = work(job, controller.signal, { onDisk, running });
      atWork = { controller, ended: done };
      return done;
    },
    giveWay: () => atWork?.controller.abort(),
    quiet: async () => {
      await atWork?.ended;
    },
    ending: () => nextEnd.promise,
  };
}
