import type { Regime } from "../../model/contract.ts";
import type { BetaParts } from "../../ports/model-client.ts";
import { summaryRequest } from "./summary-request.ts";
import type { Thresholds } from "./thresholds.ts";

/** The API's own least for a threshold. */
const thresholdMin = 50_000;

const onDemand = "compact-2026-09-04";
const editing: readonly string[] = ["context-management-2025-06-27", "compact-2026-01-12"];

interface Sizes {
  /** The working window, in tokens. */
  readonly window: number;
  readonly limits: Thresholds;
}

/** A window too small for the API's thresholds is kept by us. */
export function usableRegime(regime: Regime, { window, limits }: Sizes): Regime {
  return regime === "server" && limits.softAt * window < thresholdMin ? "client" : regime;
}

/** What a request says of it; undefined: nothing, and any server understands it. */
export function betaParts(
  regime: Regime,
  { window, limits, hasSummary }: Sizes & { readonly hasSummary: boolean },
): BetaParts | undefined {
  // Also when an agent is gone on with whose server no longer says that it can.
  if (hasSummary) return { headers: [onDemand] };
  if (regime !== "server") return undefined;
  const tokens = (share: number): { type: "input_tokens"; value: number } => ({
    type: "input_tokens",
    value: Math.round(share * window),
  });
  return {
    headers: editing,
    context_management: {
      edits: [
        {
          type: "clear_tool_uses_20250919",
          trigger: tokens(limits.clearAt),
          keep: { type: "tool_uses", value: limits.tailResults },
          clear_at_least: tokens(limits.clearSaves),
          // Short, and what the agent works by.
          exclude_tools: ["TodoWrite", "Remember"],
        },
        {
          type: "compact_20260112",
          trigger: tokens(limits.softAt),
          instructions: summaryRequest,
        },
      ],
    },
  };
}

/** What asks the API for a summary of all that the request holds. */
export const summaryParts: BetaParts = {
  headers: [onDemand],
  compaction: { type: "summarize", instructions: summaryRequest },
};
