import type { CallOutcome } from "../core/resume/transcript-line.ts";
import type { Ask } from "../ports/questions.ts";
import { type Tool, toolError, type ToolOutcome } from "./tool.ts";
import type { Transcript } from "./transcript.ts";

/**
 * What lets another process go on with an agent after its last whole turn: its replies are on the disk before their calls
 * act, and after calls that may have changed the worktree, its files are kept as git trees while the model thinks, those
 * of the output folder with them.
 */
export interface Checkpoints {
  /** Before the calls of a reply run. */
  readonly before: (calls: readonly { readonly name: string }[]) => Promise<void>;
  /** Once their results are kept. */
  readonly after: () => void;
  /** Resolves when the worktree is known again. Awaited before the next reply is kept. */
  readonly settled: () => Promise<void>;
  readonly handOver: (handoff: string) => Promise<void>;
  /** Makes a call that reaches out of the worktree, unless an earlier process made it. */
  readonly once: (tool: Tool, id: string, make: () => Promise<ToolOutcome>) => Promise<ToolOutcome>;
}

export interface CheckpointOptions {
  readonly transcript: Pick<Transcript, "keep" | "sync">;
  readonly tools: readonly Tool[];
  /** Something of the agent's runs beside it. */
  readonly isBusy: () => boolean;
  /** The agent has a worktree that it may change. */
  readonly changesFiles: boolean;
  readonly ask: Ask;
  readonly signal: AbortSignal;
  /** Calls that an earlier process made; undefined: what came of them is not known. */
  readonly reached: ReadonlyMap<string, CallOutcome | undefined>;
}

export function createCheckpoints(options: CheckpointOptions): Checkpoints {
  const { transcript, tools, ask, signal, reached } = options;
  let hasActed = false;
  let working: Promise<unknown> = Promise.resolve();

  const acts = ({ name }: { readonly name: string }): boolean =>
    (tools.find((tool) => tool.name === name)?.effect ?? "reads") !== "reads";

  async function snapshot(): Promise<void> {
    const taken = await ask({ kind: "snapshot" }, signal).catch(() => undefined);
    // Without it the agent is gone on with from where the worktree was last known.
    if (taken?.kept === undefined) return;
    const { tree, out } = taken.kept;
    transcript.keep({ role: "worktree", tree, ...(out === undefined ? {} : { out }) });
    hasActed = false;
  }

  return {
    before: async (calls) => {
      const synced = transcript.sync();
      if (options.changesFiles && (options.isBusy() || calls.some(acts))) {
        await synced;
        if (!hasActed) transcript.keep({ role: "acts" });
        hasActed = true;
      } else {
        working = Promise.all([working, synced]);
        // Told when it is waited for, before the next reply counts.
        void working.catch(() => undefined);
      }
    },
    after: () => {
      if (!hasActed) return;
      working = snapshot();
      void working.catch(() => undefined);
    },
    settled: async () => {
      await working;
    },
    handOver: async (handoff) => {
      await working;
      transcript.keep({ role: "handed-over", handoff });
    },
    once: async (tool, id, make) => {
      if (tool.reachesOut === undefined) return make();
      const earlier = reached.get(id);
      if (earlier !== undefined) return earlier;
      if (reached.has(id) && tool.reachesOut === "acts") return cutOff;
      transcript.keep({ role: "call", id });
      await transcript.sync();
      const { text, isError } = await make();
      transcript.keep({ role: "call", id, outcome: { text, isError } });
      return { text, isError };
    },
  };
}

const cutOff = toolError(
  "Skein was cut off while this call was under way; whether it took effect is not known. Look before you call it again.",
);
