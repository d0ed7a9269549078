import pLimit from "p-limit";

import type { Obey } from "../adapters/control/serve-control.ts";
import { systemClock } from "../adapters/system-clock.ts";
import { wrap } from "../core/text-layout.ts";
import type { JournalEntry } from "../model/event.ts";
import type { Io } from "./io.ts";
import { createReporter } from "./progress/create-reporter.ts";
import { createLiveReporter, type LiveReporter } from "./progress/live-reporter.ts";
import type { Reporter } from "./progress/reporter.ts";
import { openTyping, type Typing } from "./prompt/open-typing.ts";

/** What is drawn of a run at work, and what a person types below it; they make room for questions together. */
export interface Picture extends Reporter {
  /** From now on commands can be typed, where there is somebody to type them. */
  readonly takeCommands: (obey: Obey) => void;
  /** Says something of several lines at most: above what is drawn, which would wipe it out. */
  readonly tell: (text: string) => void;
  /** Makes room while a person is asked something; nobody is asked two things at once. */
  paused<T>(ask: () => Promise<T>): Promise<T>;
}

export function openPicture(options: {
  readonly io: Io;
  readonly kind: "live" | "plain" | "json";
  /** What happened until now; it grows. */
  readonly entries: readonly JournalEntry[];
}): Picture {
  const { io, kind, entries } = options;
  const oneAtATime = pLimit(1);
  let typing: Typing | undefined;
  let drawn: LiveReporter | undefined;
  const draw = (count: number): Reporter => {
    const before = entries.slice(0, count);
    if (kind !== "live") return createReporter({ kind, io, clock: systemClock, before });
    const live = createLiveReporter(io, systemClock, before);
    typing?.below(live);
    drawn = live;
    return live;
  };
  let reporter: Reporter | undefined = draw(entries.length);
  const close = (): void => {
    typing?.rest();
    reporter?.close();
    [reporter, drawn] = [undefined, undefined];
  };
  return {
    onEntry: (entry) => reporter?.onEntry(entry),
    close,
    tell: (text) => {
      if (drawn === undefined) return io.stderr(text);
      const lines = text.trim().split("\n");
      drawn.say(lines.flatMap((line) => wrap(line, io.columns - 1)));
      drawn.drawNow();
    },
    takeCommands: (obey) => {
      if (kind !== "live") return;
      close();
      typing = openTyping({ io, obey, entries: () => entries });
      reporter = draw(entries.length);
    },
    paused: (ask) =>
      oneAtATime(async () => {
        if (kind !== "live") return ask();
        close();
        const seen = entries.length;
        const answer = await ask();
        const next = draw(seen);
        // What has happened meanwhile is told now.
        for (const entry of entries.slice(seen)) next.onEntry(entry);
        reporter = next;
        return answer;
      }),
  };
}
