import { printableLine } from "../core/printable.ts";
import { elapsedMs, type ProgressView, totalOf } from "../core/progress/progress.ts";
import { timeLeft } from "../core/progress/time-left.ts";
import type { UnitProgress } from "../core/progress/unit-progress.ts";
import { shownDuration, shownRoughly, shownTokens, shownUsd } from "../core/report/figures.ts";
import { gateRows } from "../core/report/gate-rows.ts";
import { leftAlike, whichLeft } from "../core/report/left-alike.ts";
import { outcomeMark, shownOutcomes } from "../core/report/outcome-mark.ts";
import type { RunPaint } from "../core/report/paint.ts";
import { isStopped } from "../core/resume/is-stopped.ts";
import { wayOn } from "../core/resume/way-on.ts";
import { fit, wrap } from "../core/text-layout.ts";
import { totalTokens } from "../model/spend.ts";
import { successOutcomes } from "../model/unit.ts";
import type { Io } from "./io.ts";
import type { RunStanding } from "./open-run.ts";
import { paintFor } from "./paint.ts";

/** A run at a moment. */
export interface Status {
  readonly view: ProgressView;
  readonly standing: RunStanding;
  readonly now: number;
}

/** Where a run is, as a person reads it. */
export function statusPage(run: string, { view, standing, now }: Status, io: Io): string {
  const paint = paintFor(io);
  const columns = Math.max(40, io.columns - 1);
  const isCut = standing === "finished" && view.finished !== undefined && isStopped(view.finished);
  const color =
    standing === "interrupted"
      ? paint.error
      : standing === "finished" && !isCut
        ? paint.good
        : paint.warning;
  const left = standing === "running" ? timeLeft(view, now) : undefined;
  const open = [...view.running].flatMap((id) => view.units.get(id) ?? []);
  const bad = [...view.units.values()].filter(
    (unit) => unit.outcome !== undefined && !successOutcomes.has(unit.outcome),
  );
  const finished = standing === "running" ? undefined : view.finished;
  const figures = [
    // The end of a run counts as its report does: without the coordinator.
    ...(finished === undefined
      ? [`${view.ended} of ${totalOf(view)} ended`, shownOutcomes(view.outcomes)]
      : [shownOutcomes(finished.outcomes)]),
    view.offline ? "offline" : shownUsd(view.spent.usd),
    `${shownTokens(totalTokens(view.spent))} tokens`,
    shownDuration(elapsedMs(view, now)),
    ...(left === undefined ? [] : [`about ${shownRoughly(left)} left`]),
  ];
  return [
    paint.strong(fit(printableLine(view.name), columns)),
    `run ${run}: ${color(isCut ? "stopped" : standing)}${standingText[standing]}`,
    ...bad.map((unit) => badLine(unit, { columns, paint })),
    ...open.map((unit) => openLine(unit, { now, columns, faint: paint.faint })),
    ...notTaken(view, { columns, paint }),
    ...gateRows([...view.gates.values()], run, { columns, paint }),
    ...wrap(figures.join(" · "), columns),
    ...(standing === "finished"
      ? [...resultOf(run, view), `skein report ${run}`, ...moreOf(run, view)].map(paint.faint)
      : []),
    ...(standing === "interrupted" || standing === "waiting"
      ? [paint.faint(`go on with it: skein resume ${run}`)]
      : []),
    "",
  ].join("\n");
}

function badLine(
  { id, outcome, said }: UnitProgress,
  { columns, paint }: { readonly columns: number; readonly paint: RunPaint },
): string {
  const why = said === undefined ? "" : `: ${said}`;
  const text = fit(printableLine(`${id} ${outcome}${why}`), columns - 4);
  return `  ${outcomeMark(outcome ?? "failed", paint)} ${text}`;
}

/** Work that is done and not in the result. */
function notTaken(
  { finished }: ProgressView,
  { columns, paint }: { readonly columns: number; readonly paint: RunPaint },
): readonly string[] {
  if (finished === undefined) return [];
  return leftAlike({ finished, units: [] })
    .filter(({ outcome }) => successOutcomes.has(outcome))
    .map((one) => {
      const said = `${whichLeft(one)} ${one.outcome}, not merged: ${one.reason}`;
      return `  ${paint.warning("!")} ${fit(printableLine(said), columns - 4)}`;
    });
}

function resultOf(run: string, { finished }: ProgressView): readonly string[] {
  return finished?.result === undefined ? [] : [`skein apply ${run}`];
}

function moreOf(run: string, { finished }: ProgressView): readonly string[] {
  const how = finished === undefined ? undefined : wayOn(finished);
  return how === undefined ? [] : [`skein ${how} ${run}`];
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
