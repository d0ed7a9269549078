import { summaryProblem } from "../../core/context/accept-summary.ts";
import type { Ledger } from "../../core/context/ledger.ts";
import { pinText } from "../../core/context/pins.ts";
import type { KeeperOptions } from "./keeper-options.ts";

/** Why a summary is not good enough, whoever made it; undefined when it is. */
export function judgeSummary(
  options: KeeperOptions,
  of: {
    readonly summary: string;
    /** All that was said in what it stands for. */
    readonly spoken: string;
    readonly ledger: Ledger;
    readonly before: number;
    readonly after: number;
  },
): string | undefined {
  const { window, limits } = options;
  const { summary, spoken, ledger, before, after } = of;
  const { tokensOfText: tokensOf } = window;
  return summaryProblem({
    summary,
    tokens: tokensOf(summary),
    ledger,
    pins: pinText(ledger, { tokensMax: limits.pinTokensMax, tokensOf }),
    before,
    after,
    window: options.tokensMax,
    fixed: window.fixedTokens(),
    limits,
    knowsPath: (path) => spoken.includes(path) || options.knowsPath(path),
  });
}
