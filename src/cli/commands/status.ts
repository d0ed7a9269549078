import { systemClock } from "../../adapters/system-clock.ts";
import { printableLine } from "../../core/printable.ts";
import {
  createProgress,
  elapsedMs,
  type ProgressView,
  totalOf,
} from "../../core/progress/progress.ts";
import { timeLeft } from "../../core/progress/time-left.ts";
import type { UnitProgress } from "../../core/progress/unit-progress.ts";
import { shownDuration, shownRoughly, shownTokens, shownUsd } from "../../core/report/figures.ts";
import { gateRows } from "../../core/report/gate-rows.ts";
import { outcomeMark, shownOutcomes } from "../../core/report/outcome-mark.ts";
import { fit, wrap } from "../../core/text-layout.ts";
import { totalTokens } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";
import type { Io } from "../io.ts";
import { openRun, type RunStanding, standingOf } from "../open-run.ts";
import type { StatusOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** `skein status`: where a run is, unit by unit, from its journal alone. */
export async function statusCommand(options: StatusOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const progress = createProgress();
  for (const entry of run.value.entries) progress.apply(entry);
  const { view } = progress;
  const standing = await standingOf(run.value, view);
  // A run whose process is gone does not get older.
  const now = standing === "running" ? systemClock.now() : view.at;
  io.stdout(
    options.json
      ? `${JSON.stringify(statusOf(run.value.id, { view, standing, now }))}\n`
      : pageOf(run.value.id, { view, standing, now }, io),
  );
  return 0;
}

interface Status {
  readonly view: ProgressView;
  readonly standing: RunStanding;
  readonly now: number;
}

/** Stable names: they are what a program reads. */
function statusOf(run: string, { view, standing, now }: Status): unknown {
  const left = standing === "running" ? timeLeft(view, now) : undefined;
  return {
    run,
    name: view.name,
    standing,
    interrupted: standing === "interrupted",
    offline: view.offline,
    startedAt: view.startedAt,
    elapsedMs: elapsedMs(view, now),
    ...(left === undefined ? {} : { leftMs: Math.round(left) }),
    ended: view.ended,
    total: totalOf(view),
    outcomes: view.outcomes,
    ...(view.finished === undefined ? {} : { exitCode: view.finished.exitCode }),
    waitingTasks: [...view.waiting],
    gates: [...view.gates.values()],
    units: [...view.units.values()].map((unit) => ({ ...unit, spentBefore: undefined })),
    spent: view.spent,
  };
}

function pageOf(run: string, { view, standing, now }: Status, io: Io): string {
  const paint = paintFor(io);
  const columns = Math.max(40, io.columns - 1);
  const color =
    standing === "interrupted" ? paint.error : standing === "finished" ? paint.good : paint.warning;
  const left = standing === "running" ? timeLeft(view, now) : undefined;
  const open = [...view.running].flatMap((id) => view.units.get(id) ?? []);
  const bad = [...view.units.values()].filter(
    (unit) => unit.outcome !== undefined && !successOutcomes.has(unit.outcome),
  );
  const figures = [
    `${view.ended} of ${totalOf(view)} ended`,
    shownOutcomes(view.outcomes),
    view.offline ? "offline" : shownUsd(view.spent.usd),
    `${shownTokens(totalTokens(view.spent))} tokens`,
    shownDuration(elapsedMs(view, now)),
    ...(left === undefined ? [] : [`about ${shownRoughly(left)} left`]),
  ];
  return [
    paint.strong(fit(printableLine(view.name), columns)),
    `run ${run}: ${color(standing)}${standingText[standing]}`,
    ...bad.map(
      (unit) =>
        `  ${outcomeMark(unit.outcome ?? "failed", paint)} ${fit(`${printableLine(unit.id)} ${unit.outcome}`, columns - 4)}`,
    ),
    ...open.map((unit) => openLine(unit, { now, columns, faint: paint.faint })),
    ...gateRows([...view.gates.values()], run, { columns, paint }),
    ...wrap(figures.join(" · "), columns),
    ...(standing === "finished" ? [paint.faint(`skein report ${run}`)] : []),
    ...(standing === "interrupted" || standing === "waiting"
      ? [paint.faint(`go on with it: skein resume ${run}`)]
      : []),
    "",
  ].join("\n");
}

const standingText: Readonly<Record<RunStanding, string>> = {
  finished: "",
  running: "",
  interrupted: ", its process is gone",
  waiting: " for approval",
};

function openLine(
  unit: UnitProgress,
  at: { readonly now: number; readonly columns: number; readonly faint: (text: string) => string },
): string {
  const since = shownDuration(at.now - (unit.startedAt ?? at.now));
  const doing = printableLine(unit.tool ?? unit.said ?? "");
  const text = `${printableLine(unit.id)} ${unit.state} ${since}${doing === "" ? "" : `  ${doing}`}`;
  return `  ${at.faint("·")} ${fit(text, at.columns - 4)}`;
}
