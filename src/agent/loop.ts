import type Anthropic from "@anthropic-ai/sdk";

import type { AgentResult, Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { noSpend, type Spend } from "../model/spend.ts";
import type { ModelClient } from "../ports/model-client.ts";
import { decideNext, neverPutRight } from "./decide-next.ts";
import type { Ending } from "./ending.ts";
import { createHistory } from "./history.ts";
import type { KeptFiles } from "./kept-files.ts";
import { type Guard, runToolCalls } from "./run-tool-calls.ts";
import { spendOf } from "./spend-of.ts";
import type { ToolHooks } from "./tool-hooks.ts";
import type { Tool } from "./tool.ts";
import type { TranscriptMessage } from "./transcript.ts";
import { usedUp } from "./used-up.ts";

export interface AgentOptions {
  readonly contract: Contract;
  readonly client: ModelClient;
  readonly tools: readonly Tool[];
  readonly guard: Guard;
  readonly hooks: ToolHooks;
  readonly kept: Pick<KeptFiles, "keepOutput">;
  readonly emit: (event: AgentEvent) => void;
  /** Keeps every message, as it was sent or received, before the next one. */
  readonly keep: (message: TranscriptMessage) => void;
  readonly signal: AbortSignal;
}

/** One agent's life: ask, run the tools it calls, answer, until it delivers or a limit ends it. Never rejects for what a model or a tool does. */
export async function runAgentLoop(options: AgentOptions): Promise<AgentResult> {
  const { contract, client, emit, signal } = options;
  const history = createHistory(contract, options.tools, options.keep);
  let spent = noSpend;
  let putRight = neverPutRight;
  for (;;) {
    if (signal.aborted) return { status: "cancelled", spent };
    const used = usedUp(contract.limits, spent);
    if (used !== undefined) return { status: "budget", failure: used, spent };
    emit({ kind: "turn-started", turn: spent.turns + 1 });
    const answer = await client(history.request(), {
      signal,
      onRetry: (retry) => emit({ kind: "api-retry", ...retry }),
    });
    if (answer.kind === "cancelled") return { status: "cancelled", spent };
    if (answer.kind === "failed") return { status: "failed", failure: answer.failure, spent };
    const { message } = answer;
    spent = spendOf(contract.model, message.usage, spent);
    emit({ kind: "spent", spent });
    tellSaid(emit, message);
    history.addReply(message);
    const next = decideNext(message, putRight);
    if (next.kind === "fail") return { status: "failed", failure: next.failure, spent };
    if (next.kind === "run") {
      const { results, ending } = await runToolCalls(options, next.calls);
      history.addUser(results);
      if (ending !== undefined) return resultOf(ending, spent);
    } else if (next.kind === "tell") {
      history.addUser(next.content);
      putRight = next.putRight;
    }
  }
}

function tellSaid(emit: AgentOptions["emit"], message: Anthropic.Message): void {
  const text = message.content
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join(" ")
    .trim();
  const first = text.split("\n")[0]?.slice(0, 200).toWellFormed();
  if (first !== undefined && first !== "") emit({ kind: "said", text: first });
}

function resultOf(ending: Ending, spent: Spend): AgentResult {
  switch (ending.kind) {
    case "delivery":
      return { status: "submitted", delivery: ending.delivery, spent };
    case "plan":
      return { status: "planned", plan: ending.plan, summary: ending.summary, spent };
    case "failed":
      return { status: "failed", failure: ending.failure, spent };
  }
}
