import type { z } from "zod";

import { findModel } from "./models.ts";
import type { ModelFacts } from "./models.ts";
import { flatten } from "./prompt.ts";
import type { Prompt } from "./prompt.ts";
import { invalid, notFound } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { countRequest, messagesRequest } from "./request-shape.ts";
import type { CountRequest, MessagesRequest } from "./request-shape.ts";
import { checkBetaFields } from "./rules/beta-fields.ts";
import { checkCacheControl } from "./rules/cache-rules.ts";
import { checkGeneration, checkThinking } from "./rules/model-rules.ts";
import type { Judged, Mode } from "./rules/rule.ts";
import { checkTexts } from "./rules/text-rules.ts";
import { checkToolPairs } from "./rules/tool-pairs.ts";
import { checkTools } from "./rules/tool-rules.ts";
import { checkTurns } from "./rules/turn-rules.ts";
import { shapeRefusal } from "./shape-refusal.ts";
import { findUnbound } from "./thinking-signatures.ts";
import type { UnboundBlock } from "./thinking-signatures.ts";
import type { CountText } from "./tokens.ts";
import { toTurns } from "./turns.ts";
import type { Turn } from "./turns.ts";

/** A request that keeps every rule, taken apart once. */
export interface Checked<R extends CountRequest = CountRequest> {
  readonly ok: true;
  readonly request: R;
  readonly model: ModelFacts;
  /** Without the thinking blocks that were dropped. */
  readonly turns: readonly Turn[];
  readonly prompt: Prompt;
  readonly dropped: readonly UnboundBlock[];
  /** The name of the newest thinking block that is kept. */
  readonly lastThinking: string;
}

export interface CheckOptions {
  readonly mode: Mode;
  readonly betas: ReadonlySet<string>;
  readonly secret: string;
  readonly countText: CountText;
  /** Whether this assistant turn, sent as the last one, is a paused answer of this server. */
  readonly isPaused: (turn: Turn) => boolean;
}

type Outcome<R extends CountRequest> =
  | Checked<R>
  | { readonly ok: false; readonly refusal: Refusal };

const rules = [
  checkTurns,
  checkTexts,
  checkToolPairs,
  checkTools,
  checkCacheControl,
  checkThinking,
];

export function checkMessages(body: unknown, options: CheckOptions): Outcome<MessagesRequest> {
  const checked = check(messagesRequest, body, options);
  if (!checked.ok) return checked;
  const refusal =
    checkGeneration(checked.request, checked.model, options.mode) ?? checkWindow(checked);
  return refusal === undefined ? checked : refuse(refusal);
}

/** Counting knows the same rules, without `max_tokens` and what goes with it. */
export function checkCount(body: unknown, options: CheckOptions): Outcome<CountRequest> {
  return check(countRequest, body, options);
}

function check<R extends CountRequest>(
  shape: z.ZodType<R>,
  body: unknown,
  options: CheckOptions,
): Outcome<R> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    return refuse(invalid("The request body must be a JSON object"));
  }
  const beta = checkBetaFields(body, options.betas);
  if (beta !== undefined) return refuse(beta);
  const parsed = shape.safeParse(body);
  if (!parsed.success) return refuse(shapeRefusal(parsed.error));
  const request = parsed.data;
  const model = findModel(request.model);
  if (model === undefined) return refuse(notFound(`model: ${request.model}`));
  const turns = toTurns(request.messages);
  const last = turns.at(-1);
  const judged: Judged = {
    request,
    turns,
    model,
    betas: options.betas,
    mode: options.mode,
    continuesPause: last !== undefined && last.role === "assistant" && options.isPaused(last),
  };
  for (const rule of rules) {
    const refusal = rule(judged);
    if (refusal !== undefined) return refuse(refusal);
  }
  return checkBinding(request, judged, options);
}

function checkBinding<R extends CountRequest>(
  request: R,
  { turns, model }: Judged,
  { secret, countText }: CheckOptions,
): Outcome<R> {
  const prompt = flatten(request, turns, countText);
  const { unbound, lastValid } = findUnbound(turns, prompt, { model: model.id, secret });
  const base = { ok: true, request, model, lastThinking: lastValid } as const;
  const [first] = unbound;
  if (first === undefined) return { ...base, turns, prompt, dropped: [] };
  if (first.reason === "modified" || !dropsBlocks(request)) return refuse(bindingRefusal(first));
  const gone = new Set(unbound.map(({ placed }) => placed));
  const kept = turns.map((turn) => ({
    role: turn.role,
    blocks: turn.blocks.filter((placed) => !gone.has(placed)),
  }));
  return { ...base, turns: kept, prompt: flatten(request, kept, countText), dropped: unbound };
}

function dropsBlocks({ thinking }: CountRequest): boolean {
  if (thinking?.type !== "adaptive" && thinking?.type !== "enabled") return false;
  return thinking.block_binding?.prefix_mismatch_behavior === "drop_block";
}

function bindingRefusal({ path, reason }: UnboundBlock): Refusal {
  const why = {
    modified:
      "`thinking` and `redacted_thinking` blocks cannot be modified: send them back as received.",
    model_binding_mismatch: "The block was created by another model.",
    prefix_binding_mismatch:
      "The block is bound to a different conversation. What comes before it has changed since it was created.",
  }[reason];
  return invalid(`${path}: Invalid \`signature\` in \`thinking\` block. ${why}`);
}

/** Only the prompt has to fit: every model here stops an answer that runs into the end of the window. */
function checkWindow({ model, prompt }: Checked): Refusal | undefined {
  return prompt.tokens > model.window
    ? invalid(`prompt is too long: ${prompt.tokens} tokens > ${model.window} maximum`)
    : undefined;
}

function refuse(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
