import { systemClock } from "../../adapters/system-clock.ts";
import { createProgress, elapsedMs, totalOf } from "../../core/progress/progress.ts";
import { timeLeft } from "../../core/progress/time-left.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { openRun, standingOf } from "../open-run.ts";
import type { StatusOptions } from "../options.ts";
import { type Status, statusPage } from "../status-page.ts";

/** `skein status`: where a run is, unit by unit, from its journal alone. */
export async function statusCommand(options: StatusOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
  const progress = createProgress();
  for (const entry of run.value.entries) progress.apply(entry);
  const { view } = progress;
  const standing = await standingOf(run.value, view);
  // A run whose process is gone does not get older.
  const now = standing === "running" ? systemClock.now() : view.at;
  // Loaded when it is asked for: status itself is asked for often, and by many.
  const asked = options.refresh ? await import("../refresh-pulls.ts") : undefined;
  const pulls = await asked?.refreshedPulls(run.value);
  if (options.json) {
    const status = { ...statusOf(run.value.id, { view, standing, now }), pulls };
    io.stdout(`${JSON.stringify(status)}\n`);
  } else {
    io.stdout(statusPage(run.value.id, { view, standing, now }, uncut(io)));
    if (asked !== undefined && pulls !== undefined) io.stdout(asked.pullsPage(pulls, io));
  }
  return pulls?.some((pull) => "failure" in pull) === true ? 1 : 0;
}

/** Away from a terminal nothing is cut: a line is for a program then, or for a search. */
function uncut(io: Io): Io {
  return io.isOutputTTY ? io : { ...io, columns: Number.MAX_SAFE_INTEGER };
}

/** Stable names: they are what a program reads. */
function statusOf(run: string, { view, standing, now }: Status): object {
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
    units: [...view.units.values()].map((unit) => ({ ...unit, agentsSpent: undefined })),
    spent: view.spent,
  };
}
