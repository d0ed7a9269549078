import { statfs } from "node:fs/promises";

import { cleanProposals } from "../../core/daemon/told-by-clean.ts";
import { whyEnded } from "../../core/daemon/why-ended.ts";
import { shownCount } from "../../core/report/figures.ts";
import type { Proposal } from "../../model/proposal.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import { spawnSkein } from "./spawn-skein.ts";

const name = "tidy";
/** Less than this of a disk, in bytes, and a run may not come to its end. */
const roomMin = 1024 ** 3;

/**
 * Looks after what runs leave, once a day: worktrees of runs whose process is gone, copies of repositories that nobody used
 * for a month, and whether the disk has room. Only what is Skein's own is removed, and what it can make again; of runs that are over
 * a person is told when they are many.
 */
export function tidyJob(
  repo: string,
  {
    entry,
    sweep,
  }: {
    readonly entry: string;
    /** Removes the worktrees of dead runs; gives how many. */
    readonly sweep: () => Promise<number>;
  },
): DaemonJob {
  return {
    name,
    look: async (_, now) => ({
      kind: "due",
      slot: new Date(now).toISOString().slice(0, 10),
      usd: 0,
    }),
    start: async ({ signal, onChild }) => {
      const swept = await sweep();
      signal.throwIfAborted();
      const gone: string[] = [];
      const gc = await spawnSkein(["cache", "gc", "--json"], {
        entry,
        cwd: repo,
        signal,
        onChild,
        onLine: (line) => gone.push(line),
      });
      if (gc.exitCode !== 0)
        return {
          isDone: false,
          said: whyEnded("skein cache gc", gc),
          usd: 0,
          proposals: [],
        };
      signal.throwIfAborted();
      const cleanable: string[] = [];
      // A person decides; when it cannot look, there is nothing to ask.
      await spawnSkein(["clean", "--dry-run", "--json"], {
        entry,
        cwd: repo,
        signal,
        onChild,
        onLine: (line) => cleanable.push(line),
      });
      return {
        isDone: true,
        // Most days there is nothing, and nobody need hear of it.
        said:
          swept + gone.length === 0
            ? ""
            : `worktrees of ${shownCount(swept, "dead run")} and ${shownCount(gone.length, "unused mirror")} of repositories were removed`,
        usd: 0,
        proposals: [...cleanProposals(cleanable, name), ...(await roomProposals(repo))],
      };
    },
  };
}

async function roomProposals(repo: string): Promise<readonly Proposal[]> {
  const { bavail, bsize } = await statfs(repo);
  if (bavail * bsize >= roomMin) return [];
  return [
    {
      about: name,
      text: "the disk of the repository has less than 1 GB left; runs may stop half way",
      command: "skein cache gc --max-size 1G",
      hangsOn: [{ kind: "latest" }],
    },
  ];
}
