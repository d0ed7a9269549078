import type { ReachedGate } from "../model/gate.ts";
import type { TaskId } from "../model/ids.ts";
import type { GateWord } from "../ports/gatekeeper.ts";
import type { RunContext } from "./run-context.ts";

/** What somebody has said of a gate; nothing when the run was ended before. */
export interface GateNews {
  readonly task: TaskId;
  readonly word: GateWord | undefined;
}

/** The gates of a run that wait for somebody's word. */
export interface GateWatch {
  /** From now on its word is waited for; not twice. */
  readonly add: (gate: ReachedGate) => void;
  /** One for each gate that waits. */
  readonly news: () => readonly Promise<GateNews>[];
  /** Takes note of what was said, durably. */
  readonly settle: (news: GateNews) => Promise<void>;
  /** Somebody will say something, sooner or later. */
  readonly isAsking: () => boolean;
}

export function watchGates(run: RunContext): GateWatch {
  const { gatekeeper } = run.ports;
  const waiting = new Map<
    TaskId,
    { readonly gate: ReachedGate; readonly news: Promise<GateNews> }
  >();
  const putOff = new Set<TaskId>();
  const wait = async (gate: ReachedGate): Promise<GateNews> => {
    const options = { mayAsk: !putOff.has(gate.task), signal: run.signal };
    return { task: gate.task, word: await gatekeeper.word(gate, options) };
  };
  const start = (gate: ReachedGate): void => {
    waiting.set(gate.task, { gate, news: wait(gate) });
  };
  return {
    add: (gate) => {
      if (!waiting.has(gate.task)) start(gate);
    },
    news: () => [...waiting.values()].map(({ news }) => news),
    settle: async ({ task, word }) => {
      const known = waiting.get(task);
      waiting.delete(task);
      if (word === undefined || known === undefined) return;
      if (word === "later") {
        putOff.add(task);
        return start(known.gate);
      }
      putOff.delete(task);
      await run.record({ kind: "gate-decided", task, ...word });
    },
    isAsking: () => gatekeeper.asks && [...waiting.keys()].some((task) => !putOff.has(task)),
  };
}
