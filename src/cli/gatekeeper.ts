import type { JournalEntry } from "../model/event.ts";
import type { GateDecision, ReachedGate } from "../model/gate.ts";
import type { TaskId } from "../model/ids.ts";
import type { Gatekeeper, GateWord } from "../ports/gatekeeper.ts";

/** Asks the person at the terminal; `later` also when they say nothing. */
export type AskAboutGate = (gate: ReachedGate, signal: AbortSignal) => Promise<GateWord>;

/** A run's gates, with a door for words that come from elsewhere than its terminal. */
export interface OpenGatekeeper extends Gatekeeper {
  /** Resolves once it is in the journal; false: no gate of that task waits. */
  readonly decide: (task: TaskId, decision: GateDecision) => Promise<boolean>;
  readonly waiting: () => readonly TaskId[];
  /** To be told of every entry. */
  readonly onEntry: (entry: JournalEntry) => void;
  /** The run has ended: what was said and is not in the journal comes too late. */
  readonly close: () => void;
}

interface Waiting {
  readonly say: (word: GateWord | undefined) => void;
}

export function createGatekeeper(options: {
  /** Yes to all, said when the run was started. */
  readonly yes: boolean;
  /** Undefined: nobody is there. */
  readonly ask: AskAboutGate | undefined;
}): OpenGatekeeper {
  const { yes, ask } = options;
  const waiting = new Map<TaskId, Waiting>();
  const noted = new Map<TaskId, (isTaken: boolean) => void>();
  return {
    asks: yes || ask !== undefined,
    word: async (gate, { mayAsk, signal }) => {
      if (yes) return { approved: true, by: "--yes" };
      if (signal.aborted) return undefined;
      const word = Promise.withResolvers<GateWord | undefined>();
      const settled = new AbortController();
      const onAbort = (): void => word.resolve(undefined);
      signal.addEventListener("abort", onAbort, { once: true });
      waiting.set(gate.task, { say: word.resolve });
      if (ask !== undefined && mayAsk) void ask(gate, settled.signal).then(word.resolve);
      const said = await word.promise;
      signal.removeEventListener("abort", onAbort);
      waiting.delete(gate.task);
      settled.abort();
      return said;
    },
    decide: async (task, decision) => {
      const gate = waiting.get(task);
      if (gate === undefined) return false;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      noted.set(task, resolve);
      gate.say(decision);
      return promise;
    },
    waiting: () => [...waiting.keys()],
    onEntry: ({ event }) => {
      if (event.kind !== "gate-decided") return;
      noted.get(event.task)?.(true);
      noted.delete(event.task);
    },
    close: () => {
      for (const resolve of noted.values()) resolve(false);
      noted.clear();
    },
  };
}
