import type * as z from "zod";

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
import { checkCompaction, checkCompactionGeneration } from "./rules/compaction-rules.ts";
import { checkGeneration, checkThinking } from "./rules/model-rules.ts";
import type { Judged, Mode } from "./rules/rule.ts";
import { checkTexts } from "./rules/text-rules.ts";
import { checkToolPairs } from "./rules/tool-pairs.ts";
import { checkTools } from "./rules/tool-rules.ts";
import { checkTurns } from "./rules/turn-rules.ts";
import { clearToolUses, fromLastSummary } from "./server-edits.ts";
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
  /** What the server took out by itself, and tokens without that. */
  readonly cleared: { readonly uses: number; readonly tokens: number };
  readonly betas: ReadonlySet<string>;
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
  checkCompaction,
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
    checkGeneration(checked.request, checked.model, options.mode) ??
    checkCompactionGeneration(checked.request) ??
    checkWindow(checked);
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
  const beta = checkBetaFields(body, options.betas) ?? checkSomething(body);
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
    secret: options.secret,
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
  { turns: sent, model, betas }: Judged,
  options: CheckOptions,
): Outcome<R> {
  const turns = fromLastSummary(sent);
  const prompt = flatten(request, turns, options);
  const { unbound, lastValid } = findUnbound(turns, prompt, {
    model: model.id,
    secret: options.secret,
  });
  const base = { request, model, betas, lastThinking: lastValid };
  const [first] = unbound;
  if (first === undefined) return edited({ ...base, turns, prompt, dropped: [] }, options);
  if (first.reason === "modified" || !dropsBlocks(request)) return refuse(bindingRefusal(first));
  const gone = new Set(unbound.map(({ placed }) => placed));
  const kept = turns.map((turn) => ({
    role: turn.role,
    blocks: turn.blocks.filter((placed) => !gone.has(placed)),
  }));
  return edited(
    { ...base, turns: kept, prompt: flatten(request, kept, options), dropped: unbound },
    options,
  );
}

/** What the server leaves of it. Its own edits are no change to what thinking is bound to. */
function edited<R extends CountRequest>(
  whole: Omit<Checked<R>, "ok" | "cleared">,
  options: CheckOptions,
): Checked<R> {
  const { request, turns, prompt } = whole;
  const edit = request.context_management?.edits?.find(
    ({ type }) => type === "clear_tool_uses_20250919",
  );
  const nothing = { uses: 0, tokens: 0 };
  if (edit?.type !== "clear_tool_uses_20250919") return { ...whole, ok: true, cleared: nothing };
  const { countText } = options;
  const { headTokens, beforeTurn, beforeAnswer, behindAll } = prompt;
  const { turns: left, uses, tokens } = clearToolUses(turns, edit, { headTokens, countText });
  if (uses === 0) return { ...whole, ok: true, cleared: nothing };
  const bound = { beforeTurn, beforeAnswer, behindAll };
  return {
    ...whole,
    ok: true,
    turns: left,
    prompt: { ...flatten(request, left, options), ...bound },
    cleared: { uses, tokens },
  };
}

function checkSomething(body: object): Refusal | undefined {
  const asks = "compaction" in body && body.compaction != null;
  return asks && "messages" in body && Array.isArray(body.messages) && body.messages.length === 0
    ? invalid("messages: nothing to summarize", "compaction_nothing_to_summarize")
    : undefined;
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
