import { successOutcomes } from "../../model/unit.ts";
import { printableLine } from "../printable.ts";
import { fit, padEnd, widthOf } from "../text-layout.ts";
import type { Report, ReportCommand, ReportTests } from "./build-report.ts";
import { commandEndText } from "./command-end-text.ts";
import { shownDuration } from "./figures.ts";
import type { RunPaint } from "./paint.ts";

const rowsMax = 8;

/** What verified the work, a line per command however many units ran it; the last time a unit ran it counts. */
export function commandRows(
  { commands, tests, units }: Pick<Report, "commands" | "tests" | "units">,
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const good = new Set(
    units.flatMap(({ unit, outcome }) => (successOutcomes.has(outcome) ? [unit] : [])),
  );
  // What was red on the way of a unit that has ended well, or by an earlier plan, is no verdict on it.
  const counting = commands.filter(
    (one) => !one.verify || one.exitCode === 0 || !good.has(one.unit) || isAsBefore(one, tests),
  );
  const last = new Map(counting.map((one) => [JSON.stringify([one.unit, one.command]), one]));
  const groups = new Map<string, ReportCommand[]>();
  for (const one of last.values()) {
    const command = printableLine(one.command);
    groups.set(command, [...(groups.get(command) ?? []), one]);
  }
  const rows = [...groups].map(([command, runs]) => {
    const asBefore = new Set(runs.filter((one) => isAsBefore(one, tests)));
    const red = runs.filter((one) => one.exitCode !== 0 && !asBefore.has(one));
    const ms = runs.reduce((sum, one) => sum + one.durationMs, 0);
    return {
      command,
      isRed: red.length > 0,
      end: `${whose(runs, red)}${asBefore.size === 0 ? "" : ", red as the base"}, ${shownDuration(ms)}`,
    };
  });
  // Red ones are why somebody reads this; of the others, the last to run is the verdict on the whole.
  const shown = [
    ...rows.filter((row) => row.isRed),
    ...rows.filter((row) => !row.isRed).slice(-rowsMax),
  ];
  const endWidth = Math.max(0, ...shown.map((row) => Math.min(columns / 2, widthOf(row.end))));
  const room = Math.max(10, Math.floor(columns - endWidth - 6));
  const width = Math.min(room, Math.max(0, ...shown.map((row) => widthOf(row.command))));
  return shown.map((row) => {
    const mark = row.isRed ? paint.error("✗") : paint.good("✓");
    const end = paint.faint(fit(row.end, Math.floor(endWidth)));
    return `  ${mark} ${padEnd(fit(row.command, width), width)}  ${end}`;
  });
}

/** Red, and no test fails or is gone that passed before: that is nobody's fault. */
function isAsBefore(
  { unit, command, exitCode, verify }: ReportCommand,
  tests: readonly ReportTests[],
): boolean {
  const told = tests.find((one) => one.unit === unit && one.command === command);
  return (
    exitCode !== 0 &&
    verify &&
    told !== undefined &&
    told.newlyFailing.length + told.removed.length === 0
  );
}

function whose(runs: readonly ReportCommand[], red: readonly ReportCommand[]): string {
  const [first] = runs;
  if (runs.length === 1 && first !== undefined) {
    const unit = printableLine(first.unit);
    const verb = first.verify ? "verifies" : "is the work of";
    return red.length === 0 ? `${verb} ${unit}` : `${verb} ${unit}, ${commandEndText(first)}`;
  }
  return red.length === 0
    ? `green in ${runs.length} units`
    : `red in ${red.length} of ${runs.length} units`;
}
