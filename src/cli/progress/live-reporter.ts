import { createLogUpdate } from "log-update";

import { printableLine } from "../../core/printable.ts";
import { createProgress } from "../../core/progress/progress.ts";
import type { RunPaint } from "../../core/report/paint.ts";
import { fit, fitMiddle } from "../../core/text-layout.ts";
import type { JournalEntry } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";
import { eventLine } from "./event-line.ts";
import { liveLines } from "./live-lines.ts";
import type { Reporter } from "./reporter.ts";

/** Ten pictures a second look fluent; a picture costs well under a millisecond. */
const frameMs = 100;

export interface LiveReporter extends Reporter {
  /** Draws a line of somebody else's below all others; `line` is asked for it at every picture. */
  readonly drawBelow: (line: (columns: number, paint: RunPaint) => string) => void;
  readonly drawNow: () => void;
  /** Lets lines scroll away above, as they are but for their length. */
  readonly say: (lines: readonly string[]) => void;
}

/**
 * A line for every unit at work and one for the whole, redrawn in place; what has ended scrolls away above. `before` is
 * what happened until now and was shown already.
 */
export function createLiveReporter(
  io: Io,
  clock: Pick<Clock, "now" | "sleep">,
  before: readonly JournalEntry[],
): LiveReporter {
  const paint = paintFor(io);
  const progress = createProgress();
  for (const entry of before) progress.apply(entry);
  const update = createLogUpdate(streamOf(io));
  const closed = new AbortController();
  let ended: string[] = [];
  let frame = 0;
  let below: Parameters<LiveReporter["drawBelow"]>[0] | undefined;

  const draw = (): void => {
    if (ended.length > 0) update.persist(ended.join("\n"));
    ended = [];
    // Before the run has started there is nothing to draw, and no time to count from.
    if (progress.view.run === "") return;
    const { columns, rows } = io;
    const lines = liveLines(progress.view, { columns, rows, paint, now: clock.now(), frame });
    update([...lines, ...(below === undefined ? [] : [below(columns, paint)])].join("\n"));
  };
  async function redraw(): Promise<void> {
    while (!closed.signal.aborted) {
      draw();
      frame += 1;
      await clock.sleep(frameMs, closed.signal);
    }
  }
  void redraw();

  return {
    drawBelow: (line) => {
      below = line;
    },
    drawNow: () => {
      if (!closed.signal.aborted) draw();
    },
    say: (lines) => ended.push(...lines.map((line) => fit(line, io.columns - 1))),
    onEntry: (entry) => {
      progress.apply(entry);
      const nameMax = Math.floor(io.columns * 0.4);
      const line = eventLine(entry.event, paint, (id) => fitMiddle(printableLine(id), nameMax));
      // That a unit has started, and what its agent waits for, is seen below, and the run's end is the report's.
      if (line === undefined || isSeenBelow.has(entry.event.kind)) return;
      ended.push(`${line.mark} ${fit(line.text, io.columns - 3)}`);
    },
    close: () => {
      if (closed.signal.aborted) return;
      closed.abort();
      if (ended.length > 0) update.persist(ended.join("\n"));
      else update.clear();
      update.done();
    },
  };
}

const isSeenBelow: ReadonlySet<string> = new Set(["unit-started", "agent", "run-finished"]);

/** The little of a stream that log-update needs; sizes are asked for at every picture. */
function streamOf(io: Io): NodeJS.WriteStream {
  const stream: Pick<NodeJS.WriteStream, "columns" | "rows" | "isTTY"> & {
    readonly write: (text: string) => boolean;
  } = {
    get columns() {
      return io.columns;
    },
    get rows() {
      return io.rows;
    },
    isTTY: true,
    write: (text) => {
      io.stderr(text);
      return true;
    },
  };
  return stream as NodeJS.WriteStream;
}
