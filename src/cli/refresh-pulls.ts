import { type FollowedPull, refreshPulls } from "../app/publish/follow-up.ts";
import { pullRows } from "../core/report/pull-rows.ts";
import type { Io } from "./io.ts";
import { openFollowUp, pullsOf } from "./open-follow-up.ts";
import type { OpenedRun } from "./open-run.ts";
import { paintFor } from "./paint.ts";

/** How a run's pull requests stand now. */
export async function refreshedPulls(run: OpenedRun): Promise<readonly FollowedPull[]> {
  const pulls = pullsOf(run);
  if (pulls.length === 0) return [];
  await using ports = await openFollowUp(run);
  return await refreshPulls(ports, run.id, pulls);
}

export function pullsPage(
  pulls: readonly FollowedPull[],
  io: Pick<Io, "columns" | "color">,
): string {
  const paint = paintFor(io);
  if (pulls.length === 0) return `${paint.faint("it opened no pull requests")}\n`;
  const columns = Math.max(40, io.columns - 1);
  return `\n${[paint.strong("Pull requests"), ...pullRows(pulls, { paint, columns })].join("\n")}\n`;
}
