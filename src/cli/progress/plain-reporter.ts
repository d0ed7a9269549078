import { printableLine } from "../../core/printable.ts";
import { createProgress, elapsedMs, totalOf } from "../../core/progress/progress.ts";
import { timeLeft } from "../../core/progress/time-left.ts";
import { shownDuration, shownRoughly } from "../../core/report/figures.ts";
import type { JournalEntry } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";
import { eventLine } from "./event-line.ts";
import type { Reporter } from "./reporter.ts";

/** A silent run looks like a dead one: after this long without a line, one says that it still works. */
const heartbeatMs = 30_000;

/** One line a change, with the time since the start, for logs and pipes. `before` is what happened until now. */
export function createPlainReporter(
  io: Io,
  clock: Pick<Clock, "now" | "sleep">,
  before: readonly JournalEntry[],
): Reporter {
  const paint = paintFor(io);
  const progress = createProgress();
  for (const entry of before) progress.apply(entry);
  const closed = new AbortController();
  let saidAt = clock.now();

  const say = (mark: string, text: string, at: number): void => {
    saidAt = clock.now();
    const since = shownDuration(elapsedMs(progress.view, at)).padStart(6);
    io.stderr(`${paint.faint(since)} ${mark} ${text}\n`);
  };
  async function beat(): Promise<void> {
    while (!closed.signal.aborted) {
      await clock.sleep(saidAt + heartbeatMs - clock.now(), closed.signal);
      const now = clock.now();
      if (!closed.signal.aborted && now - saidAt >= heartbeatMs)
        say(paint.faint("…"), still(now), now);
    }
  }
  const still = (now: number): string => {
    const { view } = progress;
    const names = [...view.running]
      .slice(0, 3)
      .map((id) => `${printableLine(id)} (${view.units.get(id)?.state ?? "queued"})`)
      .join(", ");
    const more = view.running.size > 3 ? ` and ${view.running.size - 3} more` : "";
    const left = timeLeft(view, now);
    return `still at work: ${names === "" ? "planning" : `${names}${more}`}; ${view.ended} of ${totalOf(view)} ended${left === undefined ? "" : `, about ${shownRoughly(left)} left`}`;
  };
  void beat();

  return {
    onEntry: (entry) => {
      progress.apply(entry);
      const line = eventLine(entry.event, paint);
      if (line !== undefined) say(line.mark, line.text, entry.at);
    },
    close: () => closed.abort(),
  };
}
