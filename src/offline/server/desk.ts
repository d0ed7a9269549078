import type { Usage } from "@anthropic-ai/sdk/resources/messages";

import type { Clock } from "../../ports/clock.ts";
import type { OfflineRequest, Responder } from "../turn.ts";
import type { NextFault } from "./faults.ts";
import type { PromptCache } from "./prompt-cache.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Mode } from "./rules/rule.ts";
import type { StatsRecorder } from "./stats.ts";
import type { CountText } from "./tokens.ts";

/** What the endpoints share for as long as the server lives. */
export interface Desk {
  readonly responder: Responder;
  readonly mode: Mode;
  /** Knows no beta, and passes over the headers of them. */
  readonly isPlain: boolean;
  readonly secret: string;
  readonly clock: Pick<Clock, "now" | "sleep">;
  readonly latencyMs: number;
  readonly nextFault: NextFault;
  readonly limits: RateLimits;
  readonly countText: CountText;
  readonly cache: PromptCache;
  readonly stats: StatsRecorder;
  readonly onRequest: (request: OfflineRequest) => void;
  /** Sees what every answer was billed, as it is sent. */
  readonly onAnswer: (request: OfflineRequest, usage: Usage) => void;
  /** Names of the answers that stopped with `pause_turn`, which alone may be continued by sending them last. */
  readonly paused: Set<string>;
}
