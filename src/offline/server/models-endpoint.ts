import type { CapabilitySupport, ModelInfo } from "@anthropic-ai/sdk/resources/models";
import * as z from "zod";

import { findModel, models } from "./models.ts";
import type { ModelFacts } from "./models.ts";
import { invalid, notFound } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";
import { canCompact } from "./rules/compaction-rules.ts";
import { shapeRefusal } from "./shape-refusal.ts";

const lifecycle = z.enum(["active", "deprecated", "retired"]);
const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(20),
  before_id: z.string().optional(),
  after_id: z.string().optional(),
  lifecycle: z.array(lifecycle).max(3).default(["active", "deprecated"]),
});

export interface ModelsPage {
  readonly data: readonly ModelInfo[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

/** GET /v1/models: a page, newest first, before or after an id. */
export function listModels(
  query: URLSearchParams,
  betas: ReadonlySet<string>,
): ModelsPage | Refusal {
  const single = ["limit", "before_id", "after_id"].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const stages = [...query.getAll("lifecycle"), ...query.getAll("lifecycle[]")];
  const parsed = listQuery.safeParse({
    ...Object.fromEntries(single),
    ...(stages.length === 0 ? {} : { lifecycle: stages }),
  });
  if (!parsed.success) return shapeRefusal(parsed.error);
  const { limit, before_id: before, after_id: after } = parsed.data;
  if (before !== undefined && after !== undefined) {
    return invalid("before_id and after_id cannot be combined");
  }
  const listed = models.filter((model) => parsed.data.lifecycle.includes(stageOf(model)));
  const cursor = listed.findIndex(({ id }) => id === (before ?? after));
  if ((before ?? after) !== undefined && cursor === -1)
    return notFound(`model: ${before ?? after}`);
  const rest = before === undefined ? listed.slice(cursor + 1) : listed.slice(0, cursor);
  const page = before === undefined ? rest.slice(0, limit) : rest.slice(-limit);
  return {
    data: page.map((model) => modelInfo(model, betas)),
    has_more: rest.length > page.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

/** GET /v1/models/{id}. */
export function retrieveModel(id: string, betas: ReadonlySet<string>): ModelInfo | Refusal {
  const model = findModel(id);
  return model === undefined ? notFound(`model: ${id}`) : modelInfo(model, betas);
}

function stageOf(model: ModelFacts): z.output<typeof lifecycle> {
  return model.retiresAt === null ? "active" : "deprecated";
}

function modelInfo(model: ModelFacts, betas: ReadonlySet<string>): ModelInfo {
  const [line = "", ...version] = model.id.replace("claude-", "").split("-");
  return {
    type: "model",
    id: model.id,
    display_name: `Claude ${line.slice(0, 1).toUpperCase()}${line.slice(1)} ${version.join(".")} (offline)`,
    // The API's own value for a date that is not known.
    created_at: "1970-01-01T00:00:00Z",
    deprecated_at: model.retiresAt === null ? null : "1970-01-01T00:00:00Z",
    retires_at: model.retiresAt,
    lifecycle: stageOf(model),
    line: model.line,
    max_input_tokens: model.window,
    max_tokens: model.maxOutput,
    capabilities: { ...capabilitiesOf(model), ...compactionOf(model, betas) },
  };
}

const yes: CapabilitySupport = { supported: true };
const no: CapabilitySupport = { supported: false };

/** Told only to callers that send the header of it. */
function compactionOf(model: ModelFacts, betas: ReadonlySet<string>): object {
  const supported = canCompact(model);
  return betas.has("compact-2026-09-04")
    ? { compaction: { supported, summarize: { supported } } }
    : {};
}

/** What this server can do for the model, which is less than what the API can. */
function capabilitiesOf(model: ModelFacts): NonNullable<ModelInfo["capabilities"]> {
  const effort = (name: "low" | "medium" | "high" | "xhigh" | "max"): CapabilitySupport => ({
    supported: model.efforts.has(name),
  });
  return {
    batch: no,
    citations: no,
    code_execution: no,
    context_management: {
      supported: true,
      clear_thinking_20251015: no,
      clear_tool_uses_20250919: yes,
      compact_20260112: canCompact(model) ? yes : no,
    },
    effort: {
      supported: model.efforts.size > 0,
      low: effort("low"),
      medium: effort("medium"),
      high: effort("high"),
      xhigh: effort("xhigh"),
      max: effort("max"),
    },
    image_input: yes,
    pdf_input: yes,
    server_tools: { supported: false, code_execution: no, web_search: no },
    structured_outputs: no,
    thinking: {
      supported: true,
      types: {
        adaptive: { supported: model.thinking.has("adaptive") },
        between_tools: { supported: model.thinking.has("between_tools") },
        disabled: { supported: model.thinking.has("disabled") },
        enabled: { supported: model.thinking.has("enabled") },
      },
    },
  };
}
