import type { Compaction } from "../../model/control.ts";
import type { UnitId } from "../../model/ids.ts";
import type { AgentCompaction } from "../../ports/agent-pool.ts";

/** An agent that can be told something while it works. */
export interface AgentAtWork {
  /** What its thread says came of a compaction. */
  readonly onCompaction: (came: Compaction) => void;
  /** It has ended, in whichever way. */
  readonly close: () => void;
}

export interface AgentsAtWork {
  readonly add: (unit: string, tellToCompact: () => void) => AgentAtWork;
  /** Of one unit, of all units of a task, or all; resolves when each has said what came of it, or has ended. */
  readonly compact: (unit: UnitId | undefined) => Promise<readonly AgentCompaction[]>;
}

interface Entry {
  readonly unit: string;
  readonly ask: () => Promise<Compaction>;
}

export function createAgentsAtWork(): AgentsAtWork {
  const agents = new Set<Entry>();
  return {
    add: (unit, tellToCompact) => {
      let asked: PromiseWithResolvers<Compaction> | undefined;
      const settle = (came: Compaction): void => {
        asked?.resolve(came);
        asked = undefined;
      };
      const agent: Entry = {
        unit,
        ask: () => {
          if (asked === undefined) {
            asked = Promise.withResolvers();
            tellToCompact();
          }
          return asked.promise;
        },
      };
      agents.add(agent);
      return {
        onCompaction: settle,
        close: () => {
          agents.delete(agent);
          settle({ kind: "ended" });
        },
      };
    },
    compact: (wanted) => {
      const meant = [...agents].filter(
        ({ unit }) => wanted === undefined || unit === wanted || unit.startsWith(`${wanted}[`),
      );
      return Promise.all(meant.map(async ({ unit, ask }) => ({ unit, came: await ask() })));
    },
  };
}
