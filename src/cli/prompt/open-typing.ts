import type { Obey } from "../../adapters/control/serve-control.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { createProgress } from "../../core/progress/progress.ts";
import type { JournalEntry } from "../../model/event.ts";
import { controlText } from "../control-text.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";
import type { LiveReporter } from "../progress/live-reporter.ts";
import { statusPage } from "../status-page.ts";
import { readCommand } from "./commands.ts";
import { createTerminalPrompt, type KeySource } from "./terminal-prompt.ts";

/** A person types commands below the picture of a run at work. */
export interface Typing {
  /** From now on below this picture. */
  readonly below: (reporter: LiveReporter) => void;
  /** Something else reads what is typed. */
  readonly rest: () => void;
}

export function openTyping(options: {
  readonly io: Io;
  readonly obey: Obey;
  /** What has happened until now. */
  readonly entries: () => readonly JournalEntry[];
  readonly input?: KeySource;
}): Typing {
  const { io, obey, entries, input = process.stdin } = options;
  const paint = paintFor(io);
  let picture: LiveReporter | undefined;
  let waiting: string[] = [];
  const tell = (lines: readonly string[]): void => {
    waiting.push(...lines);
    if (picture === undefined) return;
    picture.say(waiting);
    waiting = [];
    picture.drawNow();
  };
  const say = (lines: readonly string[]): void => tell(lines.map((line) => `  ${line}`));
  const carryOut = async (line: string): Promise<void> => {
    tell([`${paint.strong("›")} ${line}`]);
    const typed = readCommand(line);
    switch (typed.kind) {
      case "say":
        return say(typed.lines);
      case "status":
        return say(statusLines(entries(), io));
      case "request":
        return say(controlText(await obey(typed.request)));
    }
  };
  const prompt = createTerminalPrompt({
    input,
    onLine: (line) => void carryOut(line),
    onChange: () => picture?.drawNow(),
    onInterrupt: () => process.kill(process.pid, "SIGINT"),
    // All around it: who started this process waits for it to stop, too.
    onSuspend: () => process.kill(0, "SIGTSTP"),
  });
  return {
    below: (reporter) => {
      picture = reporter;
      reporter.drawBelow(prompt.line);
      prompt.listen();
      // Answers that came while somebody was asked something.
      if (waiting.length > 0) tell([]);
    },
    rest: () => {
      prompt.rest();
      picture = undefined;
    },
  };
}

function statusLines(entries: readonly JournalEntry[], io: Io): readonly string[] {
  const { view, apply } = createProgress();
  for (const entry of entries) apply(entry);
  const status = { view, standing: "running", now: systemClock.now() } as const;
  // Lines are set in by two columns.
  const narrow = { ...io, columns: io.columns - 4 };
  return statusPage(view.run, status, narrow).trimEnd().split("\n");
}
