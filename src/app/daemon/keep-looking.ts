import type { Daemon } from "./run-daemon.ts";

/** After a job so many looks find much that is new to them, and leave much behind. */
const untidyLooks = 3;
const afterErrorMs = 60_000;

/**
 * Looks what is due, and again after each job, until it is told to stop, or somebody has removed its folder: nobody can tell it anything
 * then, and another daemon may be at work.
 */
export async function keepLooking(
  daemon: Daemon,
  {
    log,
    isStillOwn,
    delay,
    tidy,
  }: {
    readonly log: (text: string) => void;
    /** Whether its folder is there, and no other daemon's. */
    readonly isStillOwn: () => Promise<boolean>;
    /** Rejects when the signal says so. */
    readonly delay: (ms: number, signal: AbortSignal) => Promise<unknown>;
    /** Gives back what looks have left behind. */
    readonly tidy: () => void;
  },
): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = daemon.stopped.then(() => stopping.abort());
  let untidy = untidyLooks;
  while (!signal.aborted) {
    if (!(await isStillOwn())) {
      log("its folder is gone, or another daemon's");
      await daemon.obey({ command: "stop" });
      break;
    }
    // Asked for before: what it begins may have ended when the look has.
    const ending = daemon.ending().then(() => true);
    const wait = await daemon.look().catch((error: unknown) => {
      log(`could not look what is due: ${String(error)}`);
      return afterErrorMs;
    });
    if (untidy > 0) tidy();
    untidy -= 1;
    const waited = delay(wait, signal).catch(() => undefined);
    if (await Promise.race([waited.then(() => false), ending])) untidy = untidyLooks;
  }
  await stopped;
}
