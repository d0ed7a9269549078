import { foldProgress, noProgress, type UnitProgress } from "../../core/progress/fold-progress.ts";
import { totalsOf } from "../../core/progress/totals.ts";
import { shownDuration, shownTokens } from "../../core/report/figures.ts";
import { totalTokens } from "../../model/spend.ts";
import { successOutcomes } from "../../model/unit.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { printableLine } from "../printable.ts";

/** `skein status`: where a run is, unit by unit, from its journal alone. */
export async function statusCommand(
  options: { readonly run: string; readonly repo: string; readonly json?: boolean },
  io: Io,
): Promise<number> {
  const run = await openRun(options);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const view = run.value.entries.reduce(foldProgress, noProgress);
  const units = [...view.units.values()];
  // The time is the journal's last, not the clock's: a run whose process is gone does not get older.
  const totals = totalsOf(view, view.at);
  if (options.json === true) {
    const { done, running, all, spent, elapsedMs } = totals;
    io.stdout(
      `${JSON.stringify({ run: run.value.id, name: view.name, finished: view.finished, units, done, running, all, spent, elapsedMs, unreadableLines: run.value.unreadable })}\n`,
    );
    return 0;
  }
  const paint = paintFor(io);
  const state = view.finished ? "finished" : "not finished: still running, or its process is gone";
  io.stdout(`${paint.strong(printableLine(view.name))}  ${run.value.id}  ${state}\n`);
  for (const unit of units) io.stdout(`${unitLine(unit, paint)}\n`);
  io.stdout(
    `${totals.done}/${totals.all} units, ${shownTokens(totalTokens(totals.spent))} tokens, ${shownDuration(totals.elapsedMs)}\n`,
  );
  return 0;
}

function unitLine(unit: UnitProgress, paint: ReturnType<typeof paintFor>): string {
  const state = unit.outcome ?? unit.state;
  const color =
    unit.outcome === undefined
      ? paint.warning
      : successOutcomes.has(unit.outcome)
        ? paint.good
        : paint.error;
  const reason = unit.reason === undefined ? "" : `  ${paint.faint(printableLine(unit.reason))}`;
  return `  ${color(state.padEnd(12))} ${printableLine(unit.id)}${reason}`;
}
