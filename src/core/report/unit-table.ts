import { totalTokens } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";
import { printableLine } from "../printable.ts";
import { fitMiddle, padEnd, padStart, widthOf } from "../text-layout.ts";
import type { ReportUnit } from "./build-report.ts";
import { cacheShare, shownDuration, shownTokens, shownUsd } from "./figures.ts";
import { outcomeMark } from "./outcome-mark.ts";
import type { RunPaint } from "./paint.ts";

interface Column {
  readonly heading: string;
  readonly cell: (unit: ReportUnit) => string;
  /** The widest columns that tell least go first where the terminal is narrow. */
  readonly importance: number;
}

const columns: readonly Column[] = [
  {
    heading: "outcome",
    cell: (unit) => (unit.cache?.hit === true ? `${unit.outcome}, from cache` : unit.outcome),
    importance: 9,
  },
  { heading: "files", cell: shownFiles, importance: 7 },
  {
    heading: "tries",
    cell: (unit) => (unit.attempts > 1 ? String(unit.attempts) : ""),
    importance: 3,
  },
  { heading: "turns", cell: ofAgent((unit) => String(unit.spent.turns)), importance: 4 },
  {
    heading: "tokens",
    cell: ofAgent((unit) => shownTokens(totalTokens(unit.spent))),
    importance: 5,
  },
  {
    heading: "cached",
    cell: ofAgent((unit) => `${Math.round(cacheShare(unit.spent) * 100)}%`),
    importance: 2,
  },
  { heading: "cost", cell: ofAgent((unit) => shownUsd(unit.spent.usd)), importance: 6 },
  { heading: "time", cell: (unit) => shownDuration(unit.durationMs), importance: 8 },
];
const nameMin = 24;
const nameMax = 48;
/** Rows of a table a person still reads; the CSV has them all. */
const rowsMax = 60;

/** One line a unit, within the width; those that want attention are never left out. */
export function unitTable(
  units: readonly ReportUnit[],
  style: { readonly columns: number; readonly paint: RunPaint },
): readonly string[] {
  if (units.length === 0) return [];
  const { shown, left } = choose(units);
  const all = columns
    .map((column) => ({ ...column, cells: shown.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""))
    .map((column) => ({
      ...column,
      width: Math.max(widthOf(column.heading), ...column.cells.map(widthOf)),
    }));
  const names = shown.map((unit) => printableLine(unit.unit));
  const nameWanted = Math.max(4, ...names.map((name) => Math.min(nameMax, widthOf(name))));
  const kept = keep(all, style.columns - 2 - Math.min(nameMin, nameWanted));
  const taken = kept.reduce((sum, column) => sum + column.width + 2, 2);
  const nameWidth = Math.max(4, Math.min(nameWanted, style.columns - taken));
  const heading = [
    `  ${padEnd("unit", nameWidth)}`,
    ...kept.map((column) => alignIn(column, column.heading)),
  ].join("  ");
  const rows = shown.map((unit, index) =>
    [
      `${outcomeMark(unit.outcome, style.paint)} ${padEnd(fitMiddle(names[index] ?? "", nameWidth), nameWidth)}`,
      ...kept.map((column) => alignIn(column, column.cells[index] ?? "")),
    ]
      .join("  ")
      .trimEnd(),
  );
  const more = left === 0 ? [] : [style.paint.faint(`  and ${left} more; skein report --csv`)];
  return [style.paint.faint(heading), ...rows, ...more];
}

function choose(units: readonly ReportUnit[]): {
  readonly shown: readonly ReportUnit[];
  readonly left: number;
} {
  if (units.length <= rowsMax) return { shown: units, left: 0 };
  const bad = units.filter((unit) => !successOutcomes.has(unit.outcome));
  const good = units.filter((unit) => successOutcomes.has(unit.outcome));
  const shown = [...bad, ...good].slice(0, Math.max(rowsMax, bad.length));
  return { shown, left: units.length - shown.length };
}

type Measured = Column & { readonly width: number };

function keep<One extends Measured>(all: readonly One[], room: number): readonly One[] {
  const width = all.reduce((sum, column) => sum + column.width + 2, 0);
  if (width <= room || all.length <= 1) return all;
  const least = all.reduce((a, b) => (b.importance < a.importance ? b : a));
  return keep(
    all.filter((column) => column !== least),
    room,
  );
}

function alignIn(column: Measured, text: string): string {
  return column.heading === "outcome" ? padEnd(text, column.width) : padStart(text, column.width);
}

function shownFiles(unit: ReportUnit): string {
  return unit.files === 0 ? "" : `${unit.files} +${unit.insertions} -${unit.deletions}`;
}

function ofAgent(cell: (unit: ReportUnit) => string): (unit: ReportUnit) => string {
  return (unit) => (unit.spent.turns === 0 ? "" : cell(unit));
}
