import type { ContextEntry } from "./entry.ts";
import { currentEpoch } from "./render-view.ts";

/** Ids of the calls whose results the model still sees as they were shown. */
export function shownInView(entries: readonly ContextEntry[]): ReadonlySet<string> {
  const { epoch } = currentEpoch(entries);
  const isFolded = (at: number): boolean =>
    at < (epoch?.summary?.to ?? 0) ||
    epoch?.folds.some(({ from, to }) => at >= from && at <= to) === true;
  const ids = entries.flatMap((entry, at) =>
    entry.kind === "results" && !isFolded(at)
      ? entry.results.map(({ block }) => block.tool_use_id)
      : [],
  );
  return new Set(ids.filter((id) => epoch?.cleared[id] === undefined));
}
