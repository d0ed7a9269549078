import type { SummaryBlock } from "../../core/context/entry.ts";
import { summaryParts } from "../../core/context/regime.ts";
import { summaryRequest } from "../../core/context/summary-request.ts";
import type {
  ModelAnswer,
  ModelCallOptions,
  ModelClient,
  ModelMessage,
  ModelRequest,
  ReplyUsage,
} from "../../ports/model-client.ts";

/** What came of the request to sum up an agent's work. */
export type Summary =
  | {
      readonly kind: "text";
      readonly text: string;
      /** When the API wrote it: what is sent back in place of what it stands for. */
      readonly block?: SummaryBlock;
      readonly usage: ReplyUsage;
    }
  | {
      readonly kind: "failed";
      readonly why: string;
      readonly usage?: ReplyUsage;
      readonly isUnavailable?: true;
    }
  /** The server does not know how. That says nothing of the model. */
  | { readonly kind: "refused"; readonly why: string; readonly usage?: ReplyUsage }
  | { readonly kind: "cancelled" };

type CallOptions = Pick<ModelCallOptions, "signal" | "gate" | "about">;

/** A summary longer than the gate lets through is refused anyway; what a model thinks before it counts here too. */
const outputTokensMax = 16_000;

/** Asks for a summary behind the very request that would come next, so that all but the question is read from the cache. */
export async function askForSummary(
  client: ModelClient,
  request: ModelRequest,
  options: CallOptions,
): Promise<Summary> {
  const answer = await ask(
    client,
    { ...request, messages: withQuestion(request.messages) },
    options,
  );
  if (answer.kind === "cancelled") return { kind: "cancelled" };
  if (answer.kind === "failed") return { kind: "failed", why: answer.failure.message };
  const { content, stop_reason: stop, usage } = answer.message;
  if (content.some(({ type }) => type === "tool_use"))
    return { kind: "failed", why: "it called a tool instead", usage };
  if (stop !== "end_turn") return { kind: "failed", why: `it ended with ${stop}`, usage };
  const text = content.flatMap((block) => (block.type === "text" ? [block.text] : [])).join("\n");
  return { kind: "text", text, usage };
}

/** Asks the API for a summary of a request that was sent before, so that all of it is read from the cache. */
export async function askForBlock(
  client: ModelClient,
  request: ModelRequest,
  options: CallOptions,
): Promise<Summary> {
  const answer = await ask(client, { ...request, beta: summaryParts }, options);
  if (answer.kind === "cancelled") return { kind: "cancelled" };
  if (answer.kind === "failed") {
    const { problem, failure } = answer;
    const why = failure.message;
    if (problem === "beta") return { kind: "refused", why };
    return problem === "summary-unavailable"
      ? { kind: "failed", why, isUnavailable: true }
      : { kind: "failed", why };
  }
  const { content, stop_reason: stop, usage } = answer.message;
  const block = content.find(({ type }) => type === "compaction");
  if (block?.type === "compaction" && stop === "compaction")
    return { kind: "text", text: block.content ?? "", block, usage };
  // A server that passes over what it does not know has answered the conversation.
  if (content.length > 0)
    return { kind: "refused", why: "the server answered instead of summing up", usage };
  return { kind: "failed", why: `it ended with ${stop}`, usage };
}

function ask(
  client: ModelClient,
  request: ModelRequest,
  options: CallOptions,
): Promise<ModelAnswer> {
  const most = Math.min(request.max_tokens, outputTokensMax);
  return client({ ...request, max_tokens: most }, { ...options, onRetry: () => undefined });
}

/** Behind what the last user message says already; roles have to alternate. */
function withQuestion(messages: readonly ModelMessage[]): readonly ModelMessage[] {
  const last = messages.at(-1);
  if (last?.role !== "user" || typeof last.content === "string") return messages;
  const question = { type: "text" as const, text: summaryRequest };
  return [...messages.slice(0, -1), { role: "user", content: [...last.content, question] }];
}
