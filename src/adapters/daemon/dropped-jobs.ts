import { join } from "node:path";

import { jobName, putFile } from "../../core/daemon/job-file.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { DaemonConfig } from "../../model/daemon.ts";
import type { Anchor } from "../../model/proposal.ts";
import type { DaemonJob, JobStart, JobEnd } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { anchorsOf } from "./anchors-of.ts";
import { endOfWrongPlan } from "./end-of-wrong-plan.ts";
import { beingWritten, filesPutInto, isBeingWritten } from "./put-files.ts";
import { runAsJob, runOrGoOn } from "./run-job.ts";

const filesMax = 50;

/**
 * Plan files that somebody put into `.skein/drop`, as jobs: each is checked, and proposed or, where the person's own
 * settings say so, run. Once for each time it is written.
 */
export function createDroppedJobs(
  repo: string,
  {
    files,
    config,
    entry,
  }: { readonly files: MemoryFiles; readonly config: DaemonConfig; readonly entry: string },
): () => Promise<readonly DaemonJob[]> {
  return async () => {
    const { taken, left } = await filesPutInto("dropped", {
      repo,
      files,
      endings: [".yaml", ".yml"],
      most: filesMax,
    });
    const jobs = taken.map(({ name, writtenAt, touchedAt, size }): DaemonJob => ({
      name: jobName("dropped", name),
      changedAt: writtenAt,
      slotByHand: `${writtenAt} ${size}`,
      whyNot: (whyTheirs) => whyTheirs(putFile("dropped", name)),
      look: async (_, now) => {
        if (isBeingWritten({ touchedAt }, now)) return { kind: "waits", why: beingWritten };
        const usd = config["dropped-plans"] === "read-only" ? 0 : config["usd-per-day"];
        return { kind: "due", slot: `${writtenAt} ${size}`, usd };
      },
      start: (work) => workOn(name, work),
    }));
    return [...jobs, ...left];
  };

  async function workOn(name: string, work: JobStart): Promise<JobEnd> {
    const plan = putFile("dropped", name);
    const about = jobName("dropped", name);
    const asItIs = await anchorsOf(repo, plan);
    if (work.run === undefined) {
      const wrong = await endOfWrongPlan(plan, work, { repo, entry, about });
      if (wrong !== undefined) return wrong;
    }
    if (config["dropped-plans"] === "read-only") return proposed(plan, about, asItIs);
    const flags = ["--yes", "--budget-usd", String(config["usd-per-day"])];
    const command = { ...runOrGoOn(work.run, join(repo, plan)), flags };
    const more = `skein run ${shellWord(plan)}, with what it needs`;
    return runAsJob(command, work, { repo, entry, about, more, wanted: asItIs });
  }
}

function proposed(plan: string, about: string, asItIs: readonly Anchor[]): JobEnd {
  const said = `${plan} was dropped in and is a valid plan; it is not run by itself`;
  const hangsOn = [...asItIs, { kind: "not-run" as const, path: plan, since: Date.now() }];
  const command = `skein run ${shellWord(plan)}`;
  const proposal = { about, text: "a plan was dropped in", command, hangsOn };
  return { isDone: true, said, usd: 0, proposals: [proposal] };
}
