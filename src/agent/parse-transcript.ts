import type Anthropic from "@anthropic-ai/sdk";
import * as z from "zod";

import type { Block, Epoch } from "../core/context/entry.ts";
import { parseJson } from "../core/parse-json.ts";
import type { TranscriptLine } from "../core/resume/transcript-line.ts";
import type { ReplyBlock, ReplyUsage } from "../ports/model-client.ts";

/** A block as it came from the API or was made for it; the API itself looks at what is in it. */
function blocks<T extends Block | ReplyBlock>(): z.ZodType<readonly T[]> {
  return z.array(z.custom<T>((value) => block.safeParse(value).success)).readonly();
}

const block = z.looseObject({ type: z.string() });
const treeId = z.string().regex(/^[0-9a-f]{40,64}$/);
const isMasked = z.literal(true).exactOptional();
const texts = z.record(z.string(), z.string());
const outcome = z.strictObject({ text: z.string(), isError: z.boolean() });

const usage = z.custom<ReplyUsage>(
  (value) =>
    z.looseObject({ input_tokens: z.int(), output_tokens: z.int() }).safeParse(value).success,
);

const epochShape = z.strictObject({
  reason: z.enum(["clear", "compaction", "reset", "overflow", "signature", "fallback"]),
  folds: z.array(
    z.strictObject({
      from: z.int(),
      to: z.int(),
      artifacts: z.array(z.string()),
      by: z.enum(["code", "model"]),
      text: z.string(),
    }),
  ),
  cleared: texts,
  inputs: z.record(z.string(), z.record(z.string(), z.unknown())),
  summary: z
    .strictObject({
      block: z.looseObject({ type: z.literal("compaction"), content: z.string().nullable() }),
      to: z.int(),
      artifacts: z.array(z.string()),
    })
    .exactOptional(),
  since: z.int(),
  before: z.number(),
  after: z.number(),
}) satisfies z.ZodType<Epoch>;

const lineSchema: z.ZodType<TranscriptLine> = z.union([
  z.strictObject({
    role: z.literal("user"),
    kind: z.literal("opening"),
    content: blocks<Block>(),
    standsOn: z.string(),
    isMasked,
  }),
  z.strictObject({
    role: z.literal("user"),
    kind: z.literal("results"),
    content: blocks<Anthropic.ToolResultBlockParam>(),
    facts: z.array(
      z.strictObject({ tool: z.string(), about: z.string(), artifact: z.string().optional() }),
    ),
    seen: texts,
    isMasked,
  }),
  z.strictObject({
    role: z.literal("user"),
    kind: z.enum(["told", "pins"]),
    content: blocks<Block>(),
    isMasked,
  }),
  z.strictObject({
    role: z.literal("assistant"),
    content: blocks<ReplyBlock>(),
    usage,
    stopReason: z.string().nullable(),
    isMasked,
  }),
  z.strictObject({ role: z.literal("epoch"), content: epochShape, isMasked }),
  z.strictObject({ role: z.literal("acts") }),
  z.strictObject({ role: z.literal("worktree"), tree: treeId, out: treeId.exactOptional() }),
  z.strictObject({
    role: z.literal("call"),
    id: z.string(),
    outcome: outcome.exactOptional(),
    isMasked,
  }),
  z.strictObject({ role: z.literal("handed-over"), handoff: z.string(), isMasked }),
  z.strictObject({ role: z.literal("cut"), from: z.int().min(1) }),
]);

/**
 * The lines of a transcript up to the first that is none: what is behind it stands on nothing. `goodBytes` is where that
 * begins; a last line without its line break is one that was being written.
 */
export function parseTranscript(text: string): {
  readonly lines: readonly TranscriptLine[];
  readonly goodBytes: number;
} {
  const lines: TranscriptLine[] = [];
  let goodBytes = 0;
  for (const line of text.split("\n").slice(0, -1)) {
    const parsed = lineSchema.safeParse(parseJson(line));
    if (!parsed.success) break;
    lines.push(parsed.data);
    goodBytes += Buffer.byteLength(line) + 1;
  }
  return { lines, goodBytes };
}
