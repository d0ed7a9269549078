import { StringDecoder } from "node:string_decoder";

import { err, ok, type Result } from "../../model/result.ts";
import type { Shell, ShellCommand, ShellOutcome } from "../../ports/shell.ts";

/** Commands of one agent that run beside its other work. None outlives the agent. */
export interface BackgroundCommands {
  /** Starts a command; gives the id to ask for it by, or why it was not started. */
  readonly start: (command: Omit<ShellCommand, "onOutput">) => Result<string, string>;
  /** Output since the last look, and how the command stands; the error says which ids there are. */
  readonly look: (id: string) => Result<Look, string>;
  /** Ends a command and gives its last output, once it is gone. */
  readonly kill: (id: string) => Promise<Result<Look, string>>;
  /** Whether one of them runs. */
  readonly isBusy: () => boolean;
  /** Ends all of them; resolves once they are gone. */
  readonly close: () => Promise<void>;
}

export interface Look {
  readonly output: string;
  /** Undefined while it runs. */
  readonly outcome: ShellOutcome | undefined;
}

const runningMax = 4;
/** Characters that wait to be looked at; a command that says more loses the oldest of it. */
const unreadCharsMax = 100_000;

interface Running {
  readonly stop: AbortController;
  readonly ended: Promise<unknown>;
  readonly takeOutput: () => string;
  outcome: ShellOutcome | undefined;
}

export function createBackgroundCommands(shell: Shell): BackgroundCommands {
  const commands = new Map<string, Running>();

  function find(id: string): Result<Running, string> {
    const found = commands.get(id);
    if (found !== undefined) return ok(found);
    const known = [...commands.keys()].join(", ") || "none was started";
    return err(
      `There is no background command ${id} (${known}). Start one with Bash, background: true.`,
    );
  }

  return {
    start: (command) => {
      const running = [...commands.values()].filter(({ outcome }) => outcome === undefined);
      if (running.length >= runningMax) {
        return err(
          `The command was not started: ${runningMax} run in the background already. End one with KillBash.`,
        );
      }
      const id = `bash-${commands.size + 1}`;
      commands.set(id, startOne(shell, command));
      return ok(id);
    },
    look: (id) => {
      const found = find(id);
      return found.ok ? ok(lookAt(found.value)) : found;
    },
    kill: async (id) => {
      const found = find(id);
      if (!found.ok) return found;
      found.value.stop.abort();
      await found.value.ended;
      return ok(lookAt(found.value));
    },
    isBusy: () => [...commands.values()].some(({ outcome }) => outcome === undefined),
    close: async () => {
      const all = [...commands.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

function startOne(shell: Shell, command: Omit<ShellCommand, "onOutput">): Running {
  const stop = new AbortController();
  const unread = createUnread();
  const run = shell.run({ ...command, onOutput: unread.add }, stop.signal);
  const running: Running = {
    stop,
    takeOutput: unread.take,
    outcome: undefined,
    ended: run.then(
      (outcome) => (running.outcome = outcome),
      (error: unknown) =>
        (running.outcome = {
          kind: "refused",
          reason: error instanceof Error ? error.message : String(error),
        }),
    ),
  };
  return running;
}

function lookAt({ takeOutput, outcome }: Running): Look {
  return { output: takeOutput(), outcome };
}

function createUnread(): { readonly add: (chunk: Buffer) => void; readonly take: () => string } {
  const decoder = new StringDecoder("utf8");
  let text = "";
  let lost = 0;
  return {
    add: (chunk) => {
      text += decoder.write(chunk);
      // Trimmed only once it has doubled, so that many small chunks do not each copy it.
      if (text.length < unreadCharsMax * 2) return;
      lost += text.length - unreadCharsMax;
      text = text.slice(-unreadCharsMax);
    },
    take: () => {
      const more = Math.max(0, text.length - unreadCharsMax);
      const gone = lost + more;
      const taken = text.slice(more);
      text = "";
      lost = 0;
      return gone === 0 ? taken : `[${gone} characters before this left out]\n${taken}`;
    },
  };
}
