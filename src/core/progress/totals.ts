import { addSpend, noSpend, type Spend } from "../../model/spend.ts";
import type { ProgressView } from "./fold-progress.ts";

export interface Totals {
  readonly done: number;
  readonly running: number;
  readonly all: number;
  readonly spent: Spend;
  readonly elapsedMs: number;
  /** Undefined while nothing has ended: there is nothing to judge by. */
  readonly leftMs: number | undefined;
}

/** The whole run in numbers. The time left assumes that what is open takes as long as what has ended did, at the width seen. */
export function totalsOf(view: ProgressView, now: number): Totals {
  const units = [...view.units.values()];
  const ended = units.filter((unit) => unit.state === "ended");
  const running = units.filter(
    (unit) => unit.startedAt !== undefined && unit.endedAt === undefined,
  );
  const times = ended.flatMap((unit) =>
    unit.startedAt === undefined || unit.endedAt === undefined
      ? []
      : [unit.endedAt - unit.startedAt],
  );
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const open = units.length - ended.length;
  const width = Math.max(1, Math.min(view.agentsMax, open));
  return {
    done: ended.length,
    running: running.length,
    all: units.length,
    spent: units.reduce((sum, unit) => addSpend(sum, unit.spent), noSpend),
    elapsedMs: Math.max(0, now - view.startedAt),
    leftMs: times.length === 0 || open === 0 ? undefined : (mean * open) / width,
  };
}
