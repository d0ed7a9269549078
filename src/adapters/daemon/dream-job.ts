import * as z from "zod";

import { dreamGate } from "../../core/daemon/gates.ts";
import { parseJson } from "../../core/parse-json.ts";
import type { DaemonConfig } from "../../model/daemon.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { createInboxLook } from "./inbox-facts.ts";
import { lastRunAt } from "./last-run.ts";
import { spawnSkein } from "./spawn-skein.ts";

const dreamSchema = z.object({
  generation: z.int().nullable(),
  figures: z.object({
    active: z.int(),
    merged: z.int(),
    superseded: z.int(),
    concretised: z.int(),
    waiting: z.int(),
  }),
});

/**
 * Consolidates memory, in a process of its own: it can be ended at any moment, since a dream is committed whole or not at
 * all, and the daemon stays small. It asks no model and costs nothing.
 */
export function dreamJob(
  repo: string,
  {
    files,
    config,
    entry,
  }: { readonly files: MemoryFiles; readonly config: DaemonConfig; readonly entry: string },
): DaemonJob {
  const lookAtInbox = createInboxLook(files);
  return {
    name: "dream",
    look: async (record, now) => {
      const inbox = await lookAtInbox();
      const facts = { ...inbox, now, lastRunAt: undefined };
      // The runs are looked at last: that costs most.
      const why =
        dreamGate(record, config, facts) ??
        dreamGate(record, config, { ...facts, lastRunAt: await lastRunAt(repo, now) });
      return why === undefined
        ? { kind: "due", slot: inbox.state, usd: 0 }
        : { kind: "waits", why };
    },
    start: async ({ signal, onChild }) => {
      let told = "";
      const done = await spawnSkein(["dream", "--compact", "--json", "--repo", repo], {
        entry,
        cwd: repo,
        signal,
        onChild,
        onLine: (line) => {
          told = line;
        },
      });
      const said = done.exitCode === 0 ? saidOf(told) : undefined;
      const waits = said?.waiting ?? 0;
      return {
        isDone: said !== undefined,
        said: said?.text ?? `skein dream failed: ${done.errors.slice(-800).trim()}`,
        usd: 0,
        proposals:
          waits === 0
            ? []
            : [
                {
                  about: "memory",
                  text: `${waits} things that memory does not take by itself wait for you`,
                  command: "skein memory review",
                },
              ],
      };
    },
  };
}

function saidOf(line: string): { readonly text: string; readonly waiting: number } | undefined {
  const parsed = dreamSchema.safeParse(parseJson(line));
  if (!parsed.success) return undefined;
  const { generation, figures } = parsed.data;
  const { active, merged, superseded, concretised, waiting } = figures;
  const end =
    generation === null
      ? "nothing changed"
      : `generation ${generation} (take it back: skein memory undo)`;
  const text = `memory was consolidated: ${active} facts hold, ${merged} merged, ${superseded} superseded, ${concretised} made concrete; ${end}`;
  return { text, waiting };
}
