import { replyName } from "../core/resume/reply-name.ts";
import type { Reply } from "../core/resume/transcript-line.ts";
import type { AgentResult, Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { Spend } from "../model/spend.ts";
import type { ModelAnswer, ModelClient } from "../ports/model-client.ts";
import type { RequestGate } from "../ports/request-gate.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Admit } from "./context/admit-results.ts";
import type { ContextKeeper, Tidied, TurnCount } from "./context/context-keeper.ts";
import type { ContextWindow } from "./context/context-window.ts";
import { decideNext } from "./decide-next.ts";
import type { Ending } from "./ending.ts";
import type { Left } from "./go-on.ts";
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
  readonly checkpoints: Checkpoints;
  /** Where an earlier process left the agent. */
  readonly left: Pick<Left, "putRight" | "reply" | "note">;
}

/** One agent's life: ask, run the tools it calls, answer, until it delivers or a limit ends it. Never rejects for what a model or a tool does. */
export async function runAgentLoop(options: LoopOptions): Promise<AgentResult> {
  const { signal, window, keeper, meter, checkpoints, left } = options;
  let { putRight, note } = left;
  let reply: Reply | AgentResult | undefined = left.reply;
  for (;;) {
    if (signal.aborted) return { status: "cancelled", spent: meter.spent() };
    const turns = turnsOf(options);
    if (note !== undefined && reply === undefined) {
      window.add(note);
      note = undefined;
    }
    reply ??= await nextReply(options, turns);
    if (reply === undefined) continue;
    if ("status" in reply) return reply;
    const next = decideNext(reply, putRight);
    reply = undefined;
    if (next.kind === "fail")
      return { status: "failed", failure: next.failure, spent: meter.spent() };
    if (next.kind === "run") {
      await checkpoints.before(next.calls);
      const { results, ending } = await runToolCalls(options, next.calls);
      window.add({ kind: "results", results: await options.admit(results, meter.turns()) });
      if (ending !== undefined) return resultOf(ending, meter.spent());
      checkpoints.after();
    } else if (next.kind === "tell") {
      window.add(next.entry);
      putRight = next.putRight;
      if (next.isFull === true && (await keeper.shrink(turns)) === "full")
        return exhausted(options);
    }
  }
}

/** The model's next reply, kept; undefined: ask once more. */
async function nextReply(
  options: LoopOptions,
  turns: TurnCount,
): Promise<Reply | AgentResult | undefined> {
  const { contract, client, emit, signal, window, keeper, meter, checkpoints } = options;
  if (turns.left <= 0)
    return { status: "budget", failure: outOfTurns(contract), spent: meter.spent() };
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
    const helped = await mended(options, answer, turns);
    if (helped === "ready") return undefined;
    if (helped === "full") return exhausted(options);
    const status = answer.failure.kind === "budget" ? "budget" : "failed";
    return { status, failure: answer.failure, spent: meter.spent() };
  }
  const { message } = answer;
  await checkpoints.settled();
  const missed = window.addReply(message);
  const reply = replyName(message.content);
  emit({
    kind: "spent",
    spent: meter.add(message.usage, { turns: 1 }),
    ...(reply === undefined ? {} : { reply }),
  });
  tellSaid(emit, message);
  if (missed !== undefined) emit({ kind: "cache-missed", ...missed });
  return message;
}

/** What can be done about a request the API did not take. */
async function mended(
  { keeper }: LoopOptions,
  { problem, failure: { message } }: Extract<ModelAnswer, { readonly kind: "failed" }>,
  turns: TurnCount,
): Promise<Tidied | undefined> {
  switch (problem) {
    case "too-long":
    case "too-large":
      return keeper.shrink(turns);
    case "signature":
      return keeper.forgetThinking(turns);
    case "beta":
    case "summary-unavailable":
    case "summary-refused":
      return keeper.fallBack(turns, message);
    default:
      return undefined;
  }
}

function outOfTurns({ limits }: Contract): Failure {
  return failure("budget", `the agent's budget of ${limits.turns} turns is used up`, {
    hint: "raise the task's budget, or split the task",
  });
}

function turnsOf({ contract, meter }: LoopOptions): TurnCount {
  return { made: meter.turns(), left: contract.limits.turns - meter.turns() };
}

/** Another agent gets what is known of the work, in the same worktree. */
async function exhausted({ keeper, meter, checkpoints }: LoopOptions): Promise<AgentResult> {
  const handoff = keeper.handoff();
  await checkpoints.handOver(handoff);
  return { status: "exhausted", handoff, spent: meter.spent() };
}

function tellSaid(emit: LoopOptions["emit"], message: Pick<Reply, "content">): void {
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
    case "answer":
      return { status: "read", answer: ending.answer, spent };
    case "failed":
      return { status: "failed", failure: ending.failure, spent };
  }
}
