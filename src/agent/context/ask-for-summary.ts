import type Anthropic from "@anthropic-ai/sdk";

import { summaryRequest } from "../../core/context/summary-request.ts";
import type { ModelCallOptions, ModelClient, ModelRequest } from "../../ports/model-client.ts";

/** What a model made of the request to sum up its work. */
export type Summary =
  | { readonly kind: "text"; readonly text: string; readonly usage: Anthropic.Usage }
  | { readonly kind: "failed"; readonly why: string; readonly usage?: Anthropic.Usage }
  | { readonly kind: "cancelled" };

/** A summary longer than this is refused anyway. */
const outputTokensMax = 8_000;

/** Asks for a summary behind the very request that would come next, so that all but the question is read from the cache. */
export async function askForSummary(
  client: ModelClient,
  request: ModelRequest,
  options: Pick<ModelCallOptions, "signal" | "gate" | "about">,
): Promise<Summary> {
  const answer = await client(
    {
      ...request,
      max_tokens: Math.min(request.max_tokens, outputTokensMax),
      messages: withQuestion(request.messages),
    },
    { ...options, onRetry: () => undefined },
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

/** Behind what the last user message says already; roles have to alternate. */
function withQuestion(messages: readonly Anthropic.MessageParam[]): Anthropic.MessageParam[] {
  const last = messages.at(-1);
  if (last?.role !== "user" || typeof last.content === "string") return [...messages];
  const question = { type: "text" as const, text: summaryRequest };
  return [...messages.slice(0, -1), { role: "user", content: [...last.content, question] }];
}
