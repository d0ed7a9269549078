import type { OfflineRefusal, OfflineRequest, OfflineTurn } from "../turn.ts";
import { type Answer, buildAnswer, iterationUsage, prewarmAnswer } from "./answer.ts";
import type { Checked } from "./check-request.ts";
import { instructionsOf, onDemandAnswer, thresholdBlock } from "./compaction-answer.ts";
import type { Desk } from "./desk.ts";
import { toOfflineRequest } from "./offline-request.ts";
import type { CacheLookup } from "./prompt-cache.ts";
import { flatten } from "./prompt.ts";
import { internalError, invalid } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import type { MessagesRequest } from "./request-shape.ts";
import { isRefusal } from "./rules/header-rules.ts";

export interface Answered {
  readonly answer: Answer;
  readonly latencyMs: number | undefined;
  /** Makes what was written to the cache readable; gives tokens that were written twice. */
  readonly commit: () => number;
}

export interface Asked {
  readonly checked: Checked<MessagesRequest>;
  readonly request: OfflineRequest;
  readonly lookup: CacheLookup;
  /** What the cache has of another prompt of the same caller. */
  readonly lookUp: (prompt: Checked["prompt"]) => CacheLookup;
}

/** An answer, a summary, an answer that begins with one, or nothing at all: by what is asked for. */
export async function answerRequest(desk: Desk, asked: Asked): Promise<Answered | Refusal> {
  const { checked, request, lookup } = asked;
  const parts = { use: lookup.use, secret: desk.secret, countText: desk.countText };
  if (checked.request.max_tokens === 0)
    return {
      answer: prewarmAnswer(checked, lookup.use),
      latencyMs: undefined,
      commit: lookup.commit,
    };
  if (checked.request.compaction != null) {
    const turn = await respond(desk, withQuestion(request, checked.request));
    if (isRefusal(turn)) return turn;
    return {
      answer: onDemandAnswer(turn, checked, parts),
      latencyMs: turn.latencyMs,
      commit: lookup.commit,
    };
  }
  if (isOverThreshold(checked)) return compactAndAnswer(desk, asked);
  const turn = await respond(desk, request);
  if (isRefusal(turn)) return turn;
  const answer = buildAnswer(turn, checked, parts);
  if (isRefusal(answer)) return answer;
  return {
    answer: withIterations(answer, checked, []),
    latencyMs: turn.latencyMs,
    commit: lookup.commit,
  };
}

const triggerDefault = 150_000;

function isOverThreshold({ request, prompt }: Checked<MessagesRequest>): boolean {
  const edit = request.context_management?.edits?.find(({ type }) => type === "compact_20260112");
  if (edit?.type !== "compact_20260112") return false;
  return prompt.tokens >= (edit.trigger?.value ?? triggerDefault);
}

/** Sums up, and answers from the summary alone; when there is none, from all there was. */
async function compactAndAnswer(
  desk: Desk,
  { checked, request, lookup, lookUp }: Asked,
): Promise<Answered | Refusal> {
  const parts = { secret: desk.secret, countText: desk.countText };
  const summary = await respond(desk, withQuestion(request, checked.request));
  if (isRefusal(summary)) return summary;
  const { block, iteration } = thresholdBlock(summary, checked, { ...parts, use: lookup.use });
  const left = block.content === null ? checked : behindSummary(desk, checked, block);
  const again = block.content === null ? lookup : lookUp(left.prompt);
  const turn = await respond(desk, toOfflineRequest(left, request.apiKey));
  if (isRefusal(turn)) return turn;
  const answer = buildAnswer(turn, left, { ...parts, use: again.use });
  if (isRefusal(answer)) return answer;
  const whole = { ...answer, content: [block, ...answer.content] };
  return {
    answer: withIterations(whole, checked, [iteration]),
    latencyMs: turn.latencyMs,
    commit: () => lookup.commit() + (again === lookup ? 0 : again.commit()),
  };
}

function behindSummary(
  { countText, secret }: Desk,
  checked: Checked<MessagesRequest>,
  block: { readonly content: string | null; readonly encrypted_content: string | null },
): Checked<MessagesRequest> {
  const placed = { block: { type: "compaction", ...block } as const, message: 0, index: 0 };
  const turns = [{ role: "assistant", blocks: [placed] } as const];
  const prompt = flatten(checked.request, turns, { countText, secret });
  return { ...checked, turns, prompt, lastThinking: "", dropped: [] };
}

/** With a header of compaction every answer says what each step of it cost. */
function withIterations(
  answer: Answer,
  { betas }: Checked,
  before: NonNullable<Answer["usage"]["iterations"]>,
): Answer {
  if (!betas.has("compact-2026-01-12") && !betas.has("compact-2026-09-04")) return answer;
  const { usage, model } = answer;
  const message = { type: "message" as const, model, ...iterationUsage(usage) };
  return { ...answer, usage: { ...usage, iterations: [...before, message] } };
}

/** The conversation as the model sees it that is to sum it up: with the question behind it. */
function withQuestion(request: OfflineRequest, asked: MessagesRequest): OfflineRequest {
  const question = { type: "text" as const, text: instructionsOf(asked) };
  const last = request.messages.at(-1);
  const messages =
    last?.role === "user"
      ? [...request.messages.slice(0, -1), { ...last, content: [...last.content, question] }]
      : [...request.messages, { role: "user" as const, content: [question] }];
  return { ...request, messages };
}

async function respond(desk: Desk, request: OfflineRequest): Promise<OfflineTurn | Refusal> {
  try {
    const turn: OfflineTurn | OfflineRefusal = await desk.responder(request);
    return "refuse" in turn ? invalid(turn.refuse) : turn;
  } catch (error) {
    return internalError(
      `the responder threw ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** What all steps of an answer cost together: the figures at the top leave summaries out. */
export function billedOf({ usage }: Answer): Answer["usage"] {
  const summaries = (usage.iterations ?? []).filter(({ type }) => type === "compaction");
  return summaries.reduce<Answer["usage"]>((sum, one) => {
    const created = one.cache_creation;
    return {
      ...sum,
      input_tokens: sum.input_tokens + one.input_tokens,
      output_tokens: sum.output_tokens + one.output_tokens,
      cache_read_input_tokens: (sum.cache_read_input_tokens ?? 0) + one.cache_read_input_tokens,
      cache_creation_input_tokens:
        (sum.cache_creation_input_tokens ?? 0) + one.cache_creation_input_tokens,
      cache_creation: {
        ephemeral_5m_input_tokens:
          (sum.cache_creation?.ephemeral_5m_input_tokens ?? 0) +
          (created?.ephemeral_5m_input_tokens ?? 0),
        ephemeral_1h_input_tokens:
          (sum.cache_creation?.ephemeral_1h_input_tokens ?? 0) +
          (created?.ephemeral_1h_input_tokens ?? 0),
      },
    };
  }, usage);
}
