import { printableLine } from "../../core/printable.ts";
import { elapsedMs, type ProgressView, totalOf } from "../../core/progress/progress.ts";
import { timeLeft } from "../../core/progress/time-left.ts";
import type { UnitProgress } from "../../core/progress/unit-progress.ts";
import { shownDuration, shownRoughly, shownTokens, shownUsd } from "../../core/report/figures.ts";
import type { RunPaint } from "../../core/report/paint.ts";
import { fit, fitMiddle, padEnd, padStart, widthOf } from "../../core/text-layout.ts";
import { totalTokens } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  readonly paint: RunPaint;
  readonly now: number;
  /** Counts up with every picture. */
  readonly frame: number;
}

const spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;
const barMax = 24;
/** Share of the screen that is redrawn at most, so that what has just ended can still be read above. */
const rowsShare = 0.6;

/**
 * The part of the screen that is redrawn: a line for every unit at work, as many as there is room for, and one for the
 * whole. Never wider than the terminal and never higher.
 */
export function liveLines(view: ProgressView, screen: Screen): readonly string[] {
  // A line as wide as the terminal makes some terminals start another.
  const columns = Math.max(1, screen.columns - 1);
  const room = Math.max(1, Math.floor(screen.rows * rowsShare) - 1);
  const running = [...view.running].flatMap((id) => view.units.get(id) ?? []);
  const crowded = running.length > room;
  const shown = running.slice(0, crowded ? Math.max(1, room - 1) : room);
  const left = running.length - shown.length;
  const more = left > 0 && room > 1 ? [fit(`  and ${left} more at work`, columns)] : [];
  const nameWidth = nameWidthOf(shown, columns);
  return [
    ...shown.map((unit) => unitLine(unit, { ...screen, columns }, nameWidth)),
    ...more.map(screen.paint.faint),
    totalLine(view, { ...screen, columns }),
  ];
}

/** As wide as the longest name, up to two fifths of the line. */
function nameWidthOf(units: readonly UnitProgress[], columns: number): number {
  const longest = Math.max(0, ...units.map((unit) => widthOf(printableLine(unit.id))));
  return Math.max(4, Math.min(longest, Math.floor(columns * 0.4)));
}

/** Its parts in the order of how much they tell; those that no longer fit are left out. */
function unitLine(unit: UnitProgress, screen: Screen, nameWidth: number): string {
  const { paint, columns, frame, now } = screen;
  const turning = spinner[frame % spinner.length] ?? "";
  const name = padEnd(fitMiddle(printableLine(unit.id), nameWidth), nameWidth);
  const { spent } = unit;
  const figures = [
    padEnd(unit.attempt > 1 ? `${unit.state} #${unit.attempt}` : unit.state, 12),
    padStart(shownDuration(now - (unit.startedAt ?? now)), 6),
    ...(spent.turns === 0
      ? []
      : [
          padStart(`t${spent.turns}`, 3),
          padStart(shownTokens(totalTokens(spent)), 5),
          padStart(shownUsd(spent.usd), 5),
        ]),
  ];
  let line = `${paint.warning(turning)} ${paint.strong(fit(name, columns - 2))}`;
  let width = 2 + nameWidth;
  for (const figure of figures) {
    if (width + 1 + widthOf(figure) > columns) return line;
    line += ` ${figure}`;
    width += 1 + widthOf(figure);
  }
  const doing = printableLine(unit.tool ?? unit.said ?? "");
  const room = columns - width - 2;
  return doing === "" || room < 6 ? line : `${line}  ${paint.faint(fit(doing, room))}`;
}

function totalLine(view: ProgressView, screen: Screen): string {
  const { paint, columns, now } = screen;
  const all = totalOf(view);
  // What tasks will become is not known before the ones they need have ended.
  const total = view.waiting.size > 0 ? `${all}+` : String(all);
  const bad = Object.entries(view.outcomes)
    .filter(([outcome]) => !(successOutcomes as ReadonlySet<string>).has(outcome))
    .map(([outcome, count]) => `${count} ${outcome}`);
  const left = timeLeft(view, now);
  const parts = [
    `${view.ended}/${total}`,
    ...(bad.length === 0 ? [] : [bad.join(", ")]),
    shownDuration(elapsedMs(view, now)),
    ...(left === undefined ? [] : [`about ${shownRoughly(left)} left`]),
    `${view.running.size} at work`,
    view.offline ? "offline" : shownUsd(view.spent.usd),
    `${shownTokens(totalTokens(view.spent))} tokens`,
  ];
  const bar = Math.max(4, Math.min(barMax, Math.floor(columns / 4)));
  const filled = all === 0 ? 0 : Math.min(bar, Math.floor((view.ended / all) * bar));
  const text = fit(parts.join(" · "), Math.max(1, columns - bar - 1));
  if (columns < 12) return fit(parts.join(" · "), columns);
  return `${paint.good("█".repeat(filled))}${paint.faint("░".repeat(bar - filled))} ${text}`;
}
