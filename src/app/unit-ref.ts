import { unitSlug } from "../core/plan/unit-slug.ts";
import type { RunId, UnitId } from "../model/ids.ts";

/** Where an attempt's commit is kept, so that git never collects it. */
export function unitRef(run: RunId, unit: UnitId, attempt: number, candidate?: number): string {
  const which = candidate === undefined ? "" : `-c${candidate}`;
  return `refs/skein/${run}/${unitSlug(unit)}/${attempt}${which}`;
}
