import { budgetGate, dreamGate } from "../../core/daemon/gates.ts";
import { isOwnWriting } from "../../core/daemon/own-runs.ts";
import { endOfDream, nothingDreamt, takeDreamLine } from "../../core/daemon/told-by-dream.ts";
import { whyEnded } from "../../core/daemon/why-ended.ts";
import type { DaemonConfig } from "../../model/daemon.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { createInboxLook } from "./inbox-facts.ts";
import { lastRunAt } from "./last-run.ts";
import { spawnSkein } from "./spawn-skein.ts";

/** Percent of the API's limits that are left to people. */
const limitLeft = 25;

/**
 * Consolidates memory, in a process of its own: it can be ended at any moment, since a dream is committed whole or not at
 * all, and the daemon stays small. It asks a model only where that is configured and the budget of 24 hours holds it; without
 * one it costs nothing.
 */
export function dreamJob(
  repo: string,
  {
    files,
    config,
    readingUsd,
    entry,
  }: {
    readonly files: MemoryFiles;
    readonly config: DaemonConfig;
    /** Most that a model may cost, in dollars. */
    readonly readingUsd: number;
    readonly entry: string;
  },
): DaemonJob {
  const lookAtInbox = createInboxLook(files);
  const isAsked = config["dream-with-model"];
  let without: string | undefined;
  return {
    name: "dream",
    look: async (record, now) => {
      const inbox = await lookAtInbox();
      const facts = { ...inbox, now, lastRunAt: undefined };
      const isOwn = (run: string, at: number): boolean => isOwnWriting(record, run, at);
      // The runs are looked at last: that costs most.
      const why =
        dreamGate(record, config, facts) ??
        dreamGate(record, config, { ...facts, lastRunAt: await lastRunAt(repo, now, isOwn) });
      if (why !== undefined) return { kind: "waits", why };
      // What costs money waits for the money; the dream does not.
      without = isAsked ? budgetGate(record, config, { now, usd: readingUsd }) : undefined;
      const usd = isAsked && without === undefined ? readingUsd : 0;
      return { kind: "due", slot: inbox.state, usd };
    },
    start: async ({ signal, onChild, byHand }) => {
      let told = nothingDreamt;
      const because = byHand ? undefined : without;
      const left = byHand ? [] : ["--limit-left", String(limitLeft)];
      const reads = isAsked && because === undefined ? ["--with-model", ...left] : [];
      const dream = ["dream", "--compact", "--json", "--no-changes", ...reads, "--repo", repo];
      const done = await spawnSkein(dream, {
        entry,
        cwd: repo,
        signal,
        onChild,
        onLine: (line) => {
          const before = told.run;
          told = takeDreamLine(told, line);
          if (told.run !== undefined && told.run !== before) onChild({ run: told.run });
        },
      });
      const said = done.exitCode === 0 ? endOfDream(told, because) : undefined;
      return {
        isDone: said !== undefined,
        said: said ?? whyEnded("skein dream", done),
        usd: told.usd,
        // What waits in memory is counted when somebody looks.
        proposals: [],
      };
    },
  };
}
