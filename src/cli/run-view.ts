import pLimit from "p-limit";

import { systemClock } from "../adapters/system-clock.ts";
import { buildReport, type Report } from "../core/report/build-report.ts";
import { renderReport } from "../core/report/render-report.ts";
import { reportToMarkdown } from "../core/report/report-to-markdown.ts";
import type { ShellMode } from "../model/contract.ts";
import type { JournalEntry } from "../model/event.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import { createReporter } from "./progress/create-reporter.ts";
import { createLiveReporter } from "./progress/live-reporter.ts";
import type { Reporter } from "./progress/reporter.ts";
import { styleFor } from "./report-style.ts";

/** What a person sees of a run while it runs, and the report at its end. */
export interface RunView extends AsyncDisposable {
  readonly onEntry: (entry: JournalEntry) => void;
  opened(at: {
    readonly folder: string;
    readonly shellMode: ShellMode;
    readonly shellReason: string;
  }): void;
  /** Stops drawing while a person is asked something; nobody is asked two things at once. */
  paused<T>(ask: () => Promise<T>): Promise<T>;
  /** Prints the report; gives it for the run's folder. */
  finished(): { readonly report: Report; readonly markdown: string };
}

export function openRunView(options: {
  readonly io: Io;
  readonly json: boolean;
  /** Of a run that goes on: what happened until now. */
  readonly before?: readonly JournalEntry[];
}): RunView {
  const { io, json, before = [] } = options;
  const entries: JournalEntry[] = [...before];
  const kind = json ? "json" : io.isTTY ? "live" : "plain";
  const oneAtATime = pLimit(1);
  let reporter: Reporter | undefined = createReporter({ kind, io, clock: systemClock, before });
  return {
    onEntry: (entry) => {
      entries.push(entry);
      reporter?.onEntry(entry);
    },
    opened: ({ shellMode, shellReason }) => {
      if (json || shellMode === "bubblewrap") return;
      const what =
        shellMode === "look-only"
          ? "agents can only run commands that look around, and the plan's commands are refused. Install bubblewrap, or give --unsandboxed"
          : "commands run without a sandbox";
      io.stderr(`${paintFor(io).warning("note:")} ${shellReason}; ${what}\n`);
    },
    paused: (ask) =>
      oneAtATime(async () => {
        if (kind !== "live") return ask();
        reporter?.close();
        reporter = undefined;
        const seen = entries.length;
        const answer = await ask();
        reporter = createLiveReporter(io, systemClock, entries.slice(0, seen));
        // What has happened meanwhile is told now.
        for (const entry of entries.slice(seen)) reporter.onEntry(entry);
        return answer;
      }),
    finished: () => {
      reporter?.close();
      reporter = undefined;
      const report = buildReport(entries);
      const markdown = reportToMarkdown(report);
      if (!json) io.stdout(`\n${renderReport(report, styleFor(io, report.repo))}`);
      return { report, markdown };
    },
    [Symbol.asyncDispose]: async () => {
      reporter?.close();
    },
  };
}
