import { createLogUpdate } from "log-update";
import stringWidth from "string-width";

import {
  foldProgress,
  noProgress,
  type ProgressView,
  type UnitProgress,
} from "../../core/progress/fold-progress.ts";
import { totalsOf } from "../../core/progress/totals.ts";
import { shownDuration, shownTokens, shownUsd } from "../../core/report/figures.ts";
import { totalTokens } from "../../model/spend.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";
import { printableLine } from "../printable.ts";
import { lineFor } from "./plain-reporter.ts";
import type { Reporter } from "./reporter.ts";

/** Ten pictures a second look fluent and cost nothing. */
const frameMs = 100;
const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;

/** A line for every running unit and one for the whole, redrawn in place; what has ended scrolls away above. */
export function createLiveReporter(io: Io, clock: Pick<Clock, "now">): Reporter {
  const draw = createLogUpdate(process.stderr, { showCursor: true });
  let view: ProgressView = noProgress;
  let frame = 0;
  const render = (): void =>
    draw(liveLines(view, { io, now: clock.now(), frame: frame++ }).join("\n"));
  const timer = setInterval(render, frameMs);
  timer.unref();
  return {
    onEntry: (entry) => {
      view = foldProgress(view, entry);
      const line = entry.event.kind === "unit-started" ? undefined : lineFor(entry.event);
      if (line === undefined) return;
      draw.clear();
      io.stderr(
        `${fit(colored(line, entry.event.kind === "unit-finished" ? entry.event.outcome : "", io), io.columns)}\n`,
      );
      render();
    },
    close: () => {
      clearInterval(timer);
      draw.clear();
      draw.done();
    },
  };
}

function colored(line: string, outcome: string, io: Io): string {
  const paint = paintFor(io);
  const text = printableLine(line);
  if (outcome === "done") return `${paint.good("✓")} ${text}`;
  return outcome === "" || outcome === "noop" || outcome === "skipped"
    ? `${paint.faint("·")} ${text}`
    : `${paint.error("✗")} ${text}`;
}

/** The live part of the screen: never more lines than fit, never wider than the terminal. */
export function liveLines(
  view: ProgressView,
  at: { readonly io: Io; readonly now: number; readonly frame: number },
): readonly string[] {
  const { io } = at;
  const running = [...view.units.values()].filter(
    (unit) => unit.startedAt !== undefined && unit.endedAt === undefined,
  );
  const room = Math.max(1, Math.min(16, io.rows - 6));
  const shown = running.slice(0, room).map((unit) => unitLine(unit, at));
  const more = running.length > room ? [`  … and ${running.length - room} more`] : [];
  return [...shown, ...more, totalLine(view, at)].map((line) => fit(line, io.columns));
}

function unitLine(
  unit: UnitProgress,
  { io, now, frame }: { readonly io: Io; readonly now: number; readonly frame: number },
): string {
  const paint = paintFor(io);
  const name = printableLine(unit.id);
  const short = name.length <= 30 ? name.padEnd(30) : `${name.slice(0, 14)}…${name.slice(-15)}`;
  const elapsed = shownDuration(now - (unit.startedAt ?? now)).padStart(6);
  const spent =
    unit.spent.turns === 0
      ? ""
      : ` ${unit.spent.turns} turns ${shownTokens(totalTokens(unit.spent))} ${shownUsd(unit.spent.usd)}`;
  const doing = printableLine(unit.tool ?? unit.said ?? "");
  return `${paint.warning(spinner[frame % spinner.length] ?? "")} ${paint.strong(short)} ${unit.state.padEnd(9)} ${elapsed}${spent} ${paint.faint(doing)}`;
}

function totalLine(
  view: ProgressView,
  { io, now }: { readonly io: Io; readonly now: number },
): string {
  const totals = totalsOf(view, now);
  const width = 20;
  const filled = totals.all === 0 ? 0 : Math.round((totals.done / totals.all) * width);
  const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
  const left = totals.leftMs === undefined ? "" : `, about ${shownDuration(totals.leftMs)} left`;
  const cost = `${shownTokens(totalTokens(totals.spent))} tokens ${view.offline ? "offline" : shownUsd(totals.spent.usd)}`;
  return `${paintFor(io).good(bar)} ${totals.done}/${totals.all} units, ${totals.running} running, ${cost}, ${shownDuration(totals.elapsedMs)}${left}`;
}

/** Cuts a line to the terminal's width; escape codes have none. */
function fit(line: string, columns: number): string {
  if (stringWidth(line) < columns) return line;
  let text = line;
  while (stringWidth(text) >= columns - 1) text = text.slice(0, -1);
  return `${text}\u001b[0m…`;
}
