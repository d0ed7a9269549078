import { resolve } from "node:path";

import type { Obey } from "../adapters/control/serve-control.ts";
import { buildReport, type Report } from "../core/report/build-report.ts";
import { renderReport } from "../core/report/render-report.ts";
import { reportToMarkdown } from "../core/report/report-to-markdown.ts";
import type { ShellMode } from "../model/contract.ts";
import type { JournalEntry } from "../model/event.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";
import { openPicture } from "./picture.ts";
import { styleFor } from "./report-style.ts";

/** What a person sees of a run while it runs, and the report at its end. */
export interface RunView extends AsyncDisposable {
  readonly onEntry: (entry: JournalEntry) => void;
  opened(at: {
    readonly folder: string;
    readonly shellMode: ShellMode;
    readonly shellReason: string;
    /** Does what a person types while the run is at work. */
    readonly obey: Obey;
  }): void;
  /** Says something beside the picture of a run at work, which would wipe out what was written there. */
  readonly tell: (text: string) => void;
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
  const picture = openPicture({ io, kind, entries });
  let home: string | undefined;
  let isNoted = false;
  return {
    onEntry: (entry) => {
      entries.push(entry);
      picture.onEntry(entry);
      if (!json || !io.isUnread || isNoted) return;
      isNoted = true;
      io.stderr(
        "skein: nobody reads the events any more; the run goes on, skein status tells how\n",
      );
    },
    opened: ({ folder, shellMode, shellReason, obey }) => {
      // Of a batch run that was started outside of any repository, it is not the one that is worked in.
      home = resolve(folder, "../../..");
      picture.takeCommands(obey);
      if (json || shellMode === "bubblewrap") return;
      const what =
        shellMode === "look-only"
          ? "agents can only run commands that look around, and the plan's commands are refused. Install bubblewrap, or give --unsandboxed"
          : "commands run without a sandbox";
      io.stderr(`${paintFor(io).warning("note:")} ${shellReason}; ${what}\n`);
    },
    tell: picture.tell,
    paused: (ask) => picture.paused(ask),
    finished: () => {
      picture.close();
      const built = buildReport(entries);
      const markdown = reportToMarkdown(built);
      if (!json) io.stdout(`\n${renderReport(built, styleFor(io, home ?? built.repo))}`);
      return { report: built, markdown };
    },
    [Symbol.asyncDispose]: async () => picture.close(),
  };
}
