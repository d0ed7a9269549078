import type Anthropic from "@anthropic-ai/sdk";

import type { AgentResult, Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { Spend } from "../model/spend.ts";
import type { ModelClient, RequestProblem } from "../ports/model-client.ts";
import type { RequestGate } from "../ports/request-gate.ts";
import type { Admit } from "./context/admit-results.ts";
import type { ContextKeeper, Tidied, TurnCount } from "./context/context-keeper.ts";
import type { ContextWindow } from "./context/context-window.ts";
import { decideNext, neverPutRight } from "./decide-next.ts";
import type { Ending } from "./ending.ts";
import { type Guard, runToolCalls } from "./run-tool-calls.ts";
import type { SpendMeter } from "./spend-meter.ts";
import type { ToolHooks } from "./tool-hooks.ts";
import type { Tool } from "./tool.ts";

export interface LoopOptions {
  readonly contract: Contract;
  readonly client: ModelClient;
  readonly tools: readonly Tool[];
  readonly guard: Guard;
  readonly hooks: ToolHooks;
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
  readonly window: ContextWindow;
  readonly keeper: ContextKeeper;
  /** Makes results of calls what the model is shown of them. */
  readonly admit: Admit;
  readonly meter: SpendMeter;
  readonly gate: RequestGate;
}

/** One agent's life: ask, run the tools it calls, answer, until it delivers or a limit ends it. Never rejects for what a model or a tool does. */
export async function runAgentLoop(options: LoopOptions): Promise<AgentResult> {
  const { contract, client, emit, signal, window, keeper, meter } = options;
  let putRight = neverPutRight;
  for (;;) {
    if (signal.aborted) return { status: "cancelled", spent: meter.spent() };
    if (meter.spent().turns >= contract.limits.turns)
      return { status: "budget", failure: outOfTurns(contract), spent: meter.spent() };
    const turns = turnsOf(contract, meter.spent());
    if ((await keeper.tidy(turns)) === "full") return exhausted(options);
    emit({ kind: "turn-started", turn: turns.made + 1 });
    const answer = await client(window.request(), {
      signal,
      gate: options.gate,
      about: window.about(),
      onRetry: (retry) => emit({ kind: "api-retry", ...retry }),
    });
    if (answer.kind === "cancelled") return { status: "cancelled", spent: meter.spent() };
    if (answer.kind === "failed") {
      const helped = await mended(options, answer.problem, turns);
      if (helped === "ready") continue;
      if (helped === "full") return exhausted(options);
      const status = answer.failure.kind === "budget" ? "budget" : "failed";
      return { status, failure: answer.failure, spent: meter.spent() };
    }
    const { message } = answer;
    emit({ kind: "spent", spent: meter.add(message.usage, { turns: 1 }) });
    tellSaid(emit, message);
    const missed = window.addReply(message);
    if (missed !== undefined) emit({ kind: "cache-missed", ...missed });
    const next = decideNext(message, putRight);
    if (next.kind === "fail")
      return { status: "failed", failure: next.failure, spent: meter.spent() };
    if (next.kind === "run") {
      const { results, ending } = await runToolCalls(options, next.calls);
      window.add({ kind: "results", results: await options.admit(results, turns.made + 1) });
      if (ending !== undefined) return resultOf(ending, meter.spent());
    } else if (next.kind === "tell") {
      window.add(next.entry);
      putRight = next.putRight;
      if (next.isFull === true && (await keeper.shrink(turns)) === "full")
        return exhausted(options);
    }
  }
}

/** What can be done about a request the API did not take. */
async function mended(
  { keeper }: LoopOptions,
  problem: RequestProblem | undefined,
  turns: TurnCount,
): Promise<Tidied | undefined> {
  if (problem === "too-long") return keeper.shrink(turns);
  return problem === "signature" ? keeper.forgetThinking(turns) : undefined;
}

function outOfTurns({ limits }: Contract): Failure {
  return failure("budget", `the agent's budget of ${limits.turns} turns is used up`, {
    hint: "raise the task's budget, or split the task",
  });
}

function turnsOf({ limits }: Contract, spent: Spend): TurnCount {
  return { made: spent.turns, left: limits.turns - spent.turns };
}

/** Another agent gets what is known of the work, in the same worktree. */
function exhausted({ keeper, meter }: LoopOptions): AgentResult {
  return { status: "exhausted", handoff: keeper.handoff(), spent: meter.spent() };
}

function tellSaid(emit: LoopOptions["emit"], message: Anthropic.Message): void {
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
