import type { DaemonRecord } from "../../model/daemon.ts";
import type { Waiting } from "../../model/proposal.ts";
import { printableLine } from "../printable.ts";
import { fit, wrap } from "../text-layout.ts";
import { briefing, restLines, shownMax, waitingLines } from "./briefing.ts";

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
/** One thing takes so many lines at most. */
const linesMax = 2;

/** What a person sees who says nothing but `skein`: what was done, what waits, what they could do; it fits a window. */
export function firstScreen(
  { ended, since, waiting, rests }: Arrival,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): readonly string[] {
  const room = rows - promptRows - next.length - 1;
  const toldWith = (shown: number): readonly string[] => {
    const news = since === undefined ? [] : briefing({ ended }, { since, waiting, shown });
    const lines = news.length === 0 ? waitingLines(waiting, shown) : news;
    return [...lines, ...restLines(rests, shown)].flatMap((line) => laidOut(line, columns));
  };
  let shown = shownMax;
  while (shown > 1 && toldWith(shown).length > room) shown -= 1;
  const told = toldWith(shown);
  return [...(told.length === 0 ? wrap(about, columns) : told), "", ...next].map((line) =>
    fit(line, columns),
  );
}

/** A heading, or one thing below it, whose further lines are further in. */
function laidOut(line: string, columns: number): readonly string[] {
  if (!line.startsWith("  ")) return [line];
  const whole = printableLine(line.trim());
  const width = columns - 4;
  // What is to be typed is one piece.
  const [, said = whole, command = ""] =
    whole.length <= width ? [] : (/^(.*?[;:,]) (skein .+)$/.exec(whole) ?? []);
  const isPiece = command !== "" && command.length <= width;
  const [first = "", ...rest] = isPiece
    ? [...within(said, { width, max: linesMax - 1 }), command]
    : within(whole, { width, max: linesMax });
  return [`  ${first}`, ...rest.map((more) => `    ${more}`)];
}

function within(
  text: string,
  { width, max }: { readonly width: number; readonly max: number },
): readonly string[] {
  const lines = wrap(text, width);
  return lines.length <= max
    ? lines
    : [...lines.slice(0, max - 1), fit(lines.slice(max - 1).join(" "), width)];
}
