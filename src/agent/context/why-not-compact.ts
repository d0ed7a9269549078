import { savesMin } from "../../core/context/accept-summary.ts";
import { type Breaker, mayCompact } from "../../core/context/breaker.ts";
import { ledgerOf } from "../../core/context/ledger.ts";
import { planSummary } from "../../core/context/plan-summary.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";

/** Of the longest summary there may be; one that says anything is hardly shorter. */
const shortSummary = 1 / 8;

/**
 * Why a compaction that a person asks for is not begun; undefined when it is. A summary that could not save enough if
 * it were short is not asked for: it would cost a request, and count as a failure.
 */
export function whyNotCompact(
  options: KeeperOptions,
  { breaker, turn }: { readonly breaker: Breaker; readonly turn: number },
): string | undefined {
  const { window, limits } = options;
  if (!mayCompact(breaker, turn, limits)) {
    return breaker.state === "open"
      ? `${limits.failuresMax} summaries in a row were of no use, so no more are tried for now`
      : `${limits.compactionsMax} summaries were made in the last ${limits.rateTurns} turns`;
  }
  const entries = window.entries();
  const atBest = planSummary(entries, {
    ...rewriteOptions(options, ledgerOf(entries)),
    summary: "",
    upTo: entries.length,
  });
  if (atBest === undefined)
    return "there is nothing old enough to sum up: the newest turns stay as they are";
  const { before } = atBest.epoch;
  const after = atBest.epoch.after + limits.summaryTokensMax * shortSummary;
  return after > before * (1 - savesMin)
    ? `there is not enough that is old enough to sum up: at best ${Math.round(before)} tokens would become ${Math.round(after)}`
    : undefined;
}
