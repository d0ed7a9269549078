import type { ModelFacts } from "../models.ts";
import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { CountRequest, MessagesRequest } from "../request-shape.ts";
import { place } from "../turns.ts";
import type { Turn } from "../turns.ts";
import type { Judged, Mode } from "./rule.ts";

/** Whether the model will think on this request. */
export function thinks(request: CountRequest, model: ModelFacts): boolean {
  const type = request.thinking?.type;
  return type === undefined ? model.thinksByDefault : type === "adaptive" || type === "enabled";
}

/** Thinking, effort and forced tool choice, which each model accepts in another way. */
export function checkThinking({ request, turns, model, betas, mode }: Judged): Refusal | undefined {
  const config = request.thinking;
  if (config !== undefined && !model.thinking.has(config.type)) {
    return invalid(`thinking.type: '${config.type}' is not supported on ${model.id}`);
  }
  if (
    (config?.type === "adaptive" || config?.type === "enabled") &&
    config.block_binding !== undefined &&
    !betas.has("thinking-binding-controls-2026-08-01")
  ) {
    return invalid(`thinking.${config.type}.block_binding: Extra inputs are not permitted`);
  }
  const effort = request.output_config?.effort;
  if (effort != null && !model.efforts.has(effort)) {
    return invalid(`output_config.effort: '${effort}' is not supported on ${model.id}`);
  }
  return checkForcedTool(request, model, mode) ?? checkThinkingKept(request, turns);
}

/** With a thinking budget, the turn whose calls are being answered must begin with what the model thought. */
function checkThinkingKept(request: CountRequest, turns: readonly Turn[]): Refusal | undefined {
  if (request.thinking?.type !== "enabled") return undefined;
  const calling = turns.at(-2);
  const first = calling?.blocks[0];
  const open = calling?.blocks.some(({ block }) => block.type === "tool_use") === true;
  return open && first !== undefined && first.block.type !== "thinking"
    ? invalid(
        `${place(first)}.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.block.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block.`,
      )
    : undefined;
}

function checkForcedTool(
  request: CountRequest,
  model: ModelFacts,
  mode: Mode,
): Refusal | undefined {
  const choice = request.tool_choice?.type;
  if (choice !== "any" && choice !== "tool") return undefined;
  if (thinks(request, model)) {
    return invalid("Thinking may not be enabled when tool_choice forces tool use.");
  }
  return mode === "lint" && request.thinking?.type !== "disabled"
    ? invalid(
        "tool_choice: never force a tool without thinking.type 'disabled'; newer models refuse it",
      )
    : undefined;
}

/** `max_tokens`, sampling and what else only a request for an answer has. */
export function checkGeneration(
  request: MessagesRequest,
  model: ModelFacts,
  mode: Mode,
): Refusal | undefined {
  if (request.max_tokens > model.maxOutput) {
    return invalid(
      `max_tokens: ${request.max_tokens} > ${model.maxOutput}, which is the maximum allowed number of output tokens for ${model.id}`,
    );
  }
  const budget = request.thinking?.type === "enabled" ? request.thinking.budget_tokens : undefined;
  if (budget !== undefined && budget < 1024) {
    return invalid("thinking.enabled.budget_tokens: Input should be greater than or equal to 1024");
  }
  if (request.max_tokens === 0) return checkPrewarm(request);
  if (budget !== undefined && budget >= request.max_tokens) {
    return invalid("`max_tokens` must be greater than `thinking.budget_tokens`");
  }
  // Without streaming, a long answer outlives idle connections; the SDK refuses to send this.
  if (mode === "lint" && request.stream !== true && request.max_tokens > 21_333) {
    return invalid("max_tokens: stream an answer that may be this long");
  }
  return (
    checkSampling(request, model, mode) ??
    (request.stop_sequences?.some((sequence) => sequence.trim() === "") === true
      ? invalid("stop_sequences: each stop sequence must contain non-whitespace")
      : undefined)
  );
}

/** `max_tokens: 0` fills the prompt cache and answers nothing, so all that shapes an answer is refused. */
function checkPrewarm(request: MessagesRequest): Refusal | undefined {
  const forced = request.tool_choice?.type === "any" || request.tool_choice?.type === "tool";
  const wrong = [
    request.stream === true ? "stream" : undefined,
    request.thinking?.type === "enabled" ? "thinking.type 'enabled'" : undefined,
    forced ? "a forced tool_choice" : undefined,
  ].find((name) => name !== undefined);
  return wrong === undefined
    ? undefined
    : invalid(`max_tokens: 0 cannot be combined with ${wrong}`);
}

function checkSampling(
  request: MessagesRequest,
  model: ModelFacts,
  mode: Mode,
): Refusal | undefined {
  const sent = (["temperature", "top_p", "top_k"] as const).find(
    (name) => request[name] !== undefined,
  );
  if (sent === undefined) return undefined;
  if (mode === "lint" || model.generation >= 4.7) {
    return invalid(`${sent}: is not supported on ${model.id}`);
  }
  return thinks(request, model)
    ? invalid(`${sent}: may not be set when thinking is enabled`)
    : undefined;
}
