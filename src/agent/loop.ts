import type Anthropic from "@anthropic-ai/sdk";

import type { AgentDelivery, AgentResult, Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import { noSpend, type Spend, totalTokens } from "../model/spend.ts";
import type { ModelClient } from "../ports/model-client.ts";
import { createHistory, type History } from "./history.ts";
import { runToolCalls } from "./run-tool-calls.ts";
import { spendOf } from "./spend-of.ts";
import type { Tool } from "./tool.ts";
import type { TranscriptMessage } from "./transcript.ts";

/** Times an agent that stops without delivering is told to deliver. */
const remindersMax = 2;
/** Times a reply cut off by the output limit is sent back with the request to go on in smaller pieces. */
const cutRepliesMax = 3;

export interface AgentOptions {
  readonly contract: Contract;
  readonly client: ModelClient;
  readonly tools: readonly Tool[];
  readonly emit: (event: AgentEvent) => void;
  /** Keeps every message, as it was sent or received, before the next one. */
  readonly keep: (message: TranscriptMessage) => void;
  readonly signal: AbortSignal;
}

/** What an accepted Submit ends the agent with. */
export type Ending =
  | { readonly kind: "delivery"; readonly delivery: AgentDelivery }
  | { readonly kind: "plan"; readonly plan: string; readonly summary: string }
  | { readonly kind: "failed"; readonly failure: Failure };

/** One agent's life: ask, run the tools it calls, answer, until it delivers or a limit ends it. Never rejects for what a model or a tool does. */
export async function runAgentLoop(options: AgentOptions): Promise<AgentResult> {
  const { contract, client, emit, signal } = options;
  const history = createHistory(contract, options.tools, options.keep);
  let spent = noSpend;
  const patience = { reminders: remindersMax, cutReplies: cutRepliesMax };
  for (;;) {
    const used = usedUp(contract, spent);
    if (used !== undefined) return { status: "budget", failure: used, spent };
    if (signal.aborted) return { status: "cancelled", spent };
    emit({ kind: "turn-started", turn: spent.turns + 1 });
    const answer = await client(history.request(), signal);
    if (answer.kind === "cancelled") return { status: "cancelled", spent };
    if (answer.kind === "failed") return { status: "failed", failure: answer.failure, spent };
    spent = spendOf(contract.model, answer.message.usage, spent);
    emit({ kind: "spent", spent });
    const next = await takeReply(options, { history, message: answer.message, patience });
    if (next === undefined) continue;
    return next.kind === "cancelled" ? { status: "cancelled", spent } : resultOf(next, spent);
  }
}

type Next = Ending | { readonly kind: "cancelled" } | undefined;

/** Adds a reply and its answer to the history; gives an ending, or undefined to go on. */
async function takeReply(
  options: AgentOptions,
  turn: {
    readonly history: History;
    readonly message: Anthropic.Message;
    readonly patience: { reminders: number; cutReplies: number };
  },
): Promise<Next> {
  const { history, message, patience } = turn;
  const calls = message.content.filter((block) => block.type === "tool_use");
  tellSaid(options, message);
  if (message.stop_reason === "refusal")
    return failed("the model refused the task", "reword the task, or use another model");
  if (message.stop_reason === "model_context_window_exceeded") {
    return failed("the agent's context window is full", "split the task into smaller units");
  }
  if (message.content.length > 0) history.addReply(message);
  if (message.stop_reason === "pause_turn") return undefined;
  if (message.stop_reason === "max_tokens") {
    if (patience.cutReplies-- === 0)
      return failed(
        "the model's replies keep exceeding the output limit",
        "split the task into smaller units",
      );
    history.addUser(afterCut(message, calls));
    return undefined;
  }
  if (calls.length > 0) {
    const done = await runToolCalls(options, calls);
    history.addUser(done.results);
    return options.signal.aborted ? { kind: "cancelled" } : (done.ending as Ending | undefined);
  }
  if (patience.reminders-- === 0)
    return failed(
      "the agent stopped without delivering",
      "see its transcript; a clearer task may help",
    );
  history.addUser([
    {
      type: "text",
      text: 'You have not delivered yet. Go on, or call Submit; with status "failed" if the task cannot be done.',
    },
  ]);
  return undefined;
}

/** A reply that was cut off may end in half a tool call: its input cannot be trusted, so no call of it is run. */
function afterCut(
  message: Anthropic.Message,
  calls: readonly Anthropic.ToolUseBlock[],
): Anthropic.ContentBlockParam[] {
  const text =
    "Your reply was cut off at the output limit, so nothing in it was run. Go on in smaller pieces.";
  if (calls.length === 0)
    return [{ type: "text", text: message.content.length === 0 ? "Go on." : text }];
  return calls.map((call) => ({
    type: "tool_result",
    tool_use_id: call.id,
    is_error: true,
    content: text,
  }));
}

function tellSaid({ emit }: AgentOptions, message: Anthropic.Message): void {
  const text = message.content
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .join(" ")
    .trim();
  const first = text.split("\n")[0]?.slice(0, 200);
  if (first !== undefined && first !== "") emit({ kind: "said", text: first });
}

function failed(message: string, hint: string): Ending {
  return { kind: "failed", failure: failure("model", message, { hint }) };
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

/** Looked at before each request, so an agent oversteps a cap by one request at most. */
function usedUp({ limits }: Contract, spent: Spend): Failure | undefined {
  if (spent.turns >= limits.turns) return over(`${limits.turns} turns`);
  if (limits.usd !== undefined && spent.usd >= limits.usd) return over(`$${limits.usd.toFixed(2)}`);
  if (limits.tokens !== undefined && totalTokens(spent) >= limits.tokens) {
    return over(`${limits.tokens} tokens`);
  }
  return undefined;
}

function over(what: string): Failure {
  return failure("budget", `the unit's budget of ${what} is used up`, {
    hint: "raise budget.per-task, or split the task",
  });
}
