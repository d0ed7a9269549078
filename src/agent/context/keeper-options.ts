import type { Ledger } from "../../core/context/ledger.ts";
import type { RewriteOptions } from "../../core/context/rewrite.ts";
import type { Stage, Thresholds } from "../../core/context/thresholds.ts";
import type { AgentEvent } from "../../model/event.ts";
import type { ModelClient, ReplyUsage } from "../../ports/model-client.ts";
import type { RequestGate } from "../../ports/request-gate.ts";
import type { CountTokens } from "../../ports/token-counter.ts";
import type { KeptFiles } from "../kept-files.ts";
import type { CompactionDesk } from "./compaction-desk.ts";
import type { ContextWindow } from "./context-window.ts";
import type { RegimeSwitch } from "./regime-switch.ts";

export interface KeeperOptions {
  readonly window: ContextWindow;
  readonly client: ModelClient;
  readonly regime: RegimeSwitch;
  readonly countTokens: CountTokens;
  readonly gate: RequestGate;
  readonly kept: Pick<KeptFiles, "keepAs" | "idOf">;
  /** Texts that show an agent its files as they are now; after a rewrite that took them away. */
  readonly rehydrate: (ledger: Ledger) => Promise<readonly string[]>;
  /** Whether a path is on the disk. */
  readonly knowsPath: (path: string) => boolean;
  readonly limits: Thresholds;
  readonly stages: ReadonlySet<Stage>;
  /** The working window, in tokens. */
  readonly tokensMax: number;
  /** Of a cache read and a cache write, as shares of the input price. */
  readonly price: { readonly read: number; readonly write: number };
  readonly emit: (event: AgentEvent) => void;
  /** What a summary has cost. */
  readonly spend: (usage: ReplyUsage) => void;
  readonly signal: AbortSignal;
  /** Where a person asks for a compaction. */
  readonly desk: CompactionDesk;
}

export function rewriteOptions(options: KeeperOptions, ledger: Ledger): RewriteOptions {
  const { window, limits, stages, kept } = options;
  return {
    ledger,
    limits,
    stages,
    blockTokens: window.tokensOfBlock,
    viewTokens: window.tokensOfView,
    tokensOf: window.tokensOfText,
    idOf: kept.idOf,
  };
}
