import type { DaemonRecord } from "../../model/daemon.ts";
import type { Waiting } from "../../model/proposal.ts";
import { plainRunPaint } from "../report/paint.ts";
import { fit, wrap } from "../text-layout.ts";
import { briefing, restSection, shownMax, waitingSection } from "./briefing.ts";
import { type Section, sectionLines } from "./columns.ts";

/** What is known when somebody comes to a repository. */
export interface Arrival {
  readonly ended: DaemonRecord["ended"];
  /** When they last heard of it, in milliseconds since the epoch; undefined: nothing is new. */
  readonly since: number | undefined;
  readonly waiting: readonly Waiting[];
  /** What the daemon does not do, and until when. */
  readonly rests: readonly string[];
}

const about =
  "Skein breaks a large coding job into small ones, and winds the results into one change.";
const next = [
  "what now:",
  '  skein run "Rename getUser to fetchUser"  a task in words, or a plan file',
  "  skein status                             where the latest run is",
  "  skein daemon status                      what is done while you are away",
  "  skein help                               all commands",
] as const;
/** The line that was typed, and the one that is typed next. */
const promptRows = 2;
/** What is said of one thing takes so many lines at most, where there is room. */
const linesUsual = 2;

/** What a person sees who says nothing but `skein`: what was done, what waits, what they could do; it fits a window. */
export function firstScreen(
  { ended, since, waiting, rests }: Arrival,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const room = rows - promptRows - next.length - 1;
  const toldWith = (shown: number, linesMax?: number): readonly string[] => {
    const news = since === undefined ? [] : briefing({ ended }, { since, waiting, shown });
    const told = news.length === 0 ? waitingSection(waiting, shown) : news;
    return toldLines([...told, ...restSection(rests, shown)], columns, linesMax);
  };
  let shown = shownMax;
  while (shown > 1 && toldWith(shown).length > room) shown -= 1;
  const few = toldWith(shown);
  const told = few.length > room ? toldWith(shown, 1) : few;
  return [...(told.length === 0 ? wrap(about, columns) : told), "", ...next].map((line) =>
    fit(line, columns),
  );
}

/** What is told as a person comes back, for their window, in few lines. */
export function toldLines(
  sections: readonly Section[],
  columns: number,
  linesMax = linesUsual,
): readonly string[] {
  return sections.flatMap((section) => sectionLines(section, { columns, linesMax }, plainRunPaint));
}
