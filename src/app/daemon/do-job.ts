import type { EndedJob } from "../../model/daemon.ts";
import type { DaemonJob, JobEnd, JobStart } from "../../ports/daemon-world.ts";

/** Whoever fails says why; this is for one that did not. */
const silent = "it failed and did not say why";
const gaveWay = "gave way to you";
/** Longest word about an end, in characters. */
const saidMax = 900;

/** Does a job and says what came of it, whatever that is. One that nobody asked for gives way when a file is written. */
export async function doJob(
  job: DaemonJob,
  { start, watch }: { readonly start: JobStart; readonly watch: () => Promise<Disposable> },
): Promise<Pick<EndedJob, "outcome" | "said" | "usd"> & Pick<JobEnd, "proposals">> {
  const { signal, byHand } = start;
  try {
    using watched = new DisposableStack();
    if (!byHand) watched.use(await watch());
    signal.throwIfAborted();
    const { isDone, said, usd, proposals } = await job.start(start);
    const outcome = isDone ? "done" : signal.aborted ? "preempted" : "failed";
    const because = outcome === "failed" && said.trim() === "" ? silent : said;
    const told = outcome === "preempted" ? gaveWay : because.slice(0, saidMax);
    return { outcome, said: told, usd, proposals };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const said = signal.aborted ? gaveWay : why.slice(0, saidMax) || silent;
    return { outcome: signal.aborted ? "preempted" : "failed", said, usd: 0, proposals: [] };
  }
}
