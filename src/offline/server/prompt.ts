import { hash } from "node:crypto";

import { isSigned, openSummary } from "./compaction-seal.ts";
import { renderBlock } from "./render-block.ts";
import type { CountRequest, Ttl } from "./request-shape.ts";
import { lastCacheable, ttlOf } from "./rules/cache-rules.ts";
import type { CountText } from "./tokens.ts";
import type { Turn } from "./turns.ts";

/** One place of the flattened prompt at which a cached prefix may end. */
export interface Position {
  /** Names the whole prompt up to and including this position. */
  readonly key: string;
  /** Tokens up to and including this position. */
  readonly tokens: number;
  readonly breakpoint: Ttl | undefined;
}

/** A request as the model reads it: tools, system, messages, in one line. */
export interface Prompt {
  readonly positions: readonly Position[];
  readonly tokens: number;
  /** Per turn: names everything before it, thinking and cache marks left out. What a thinking block is bound to. */
  readonly beforeTurn: readonly string[];
  /** The same, for an answer to this request. */
  readonly beforeAnswer: string;
  /** The same, for what comes behind all of it. */
  readonly behindAll: string;
  /** Tokens of tools and system prompt. */
  readonly headTokens: number;
}

interface Part {
  readonly text: string;
  readonly tokens: number;
  readonly breakpoint: Ttl | undefined;
}

export interface FlattenOptions {
  readonly countText: CountText;
  readonly secret: string;
}

/** Flattens a request that passed the rules. Linear in its bytes, and the only place that reads all of them. */
export function flatten(
  request: CountRequest,
  turns: readonly Turn[],
  { countText, secret }: FlattenOptions,
): Prompt {
  const head = headParts(request, countText);
  const positions: Position[] = [];
  let chain = "";
  let tokens = 0;
  const add = (part: Part, key: (chain: string) => string): void => {
    chain = hash("sha1", chain + part.text);
    tokens += part.tokens;
    positions.push({ key: key(chain), tokens, breakpoint: part.breakpoint });
  };
  for (const part of head) add(part, (key) => key);
  // These change how messages are read, so they part the cache of messages, and not that of tools and system.
  const settings = messageSettings(request, turns);
  const automatic = request.cache_control == null ? undefined : lastCacheable(turns);
  // What comes behind a summary is bound to what the summary stands for.
  const summed = summedUp(turns, secret);
  let bound = summed ?? chain;
  let parted = summed !== undefined;
  const headTokens = tokens;
  const beforeTurn: string[] = [];
  for (const turn of turns) {
    beforeTurn.push(bound);
    for (const { block } of turn.blocks) {
      if (block.type === "compaction" && block.content == null) continue;
      const { text, tokens: counted } = renderBlock(block, countText);
      const part = {
        text: `${turn.role}\n${text}`,
        tokens: counted,
        breakpoint:
          block === automatic
            ? ttlOf(request.cache_control ?? { type: "ephemeral" })
            : breakpointOf(block),
      };
      add(part, (key) => `${key}${settings}`);
      if (block.type === "thinking") parted = true;
      else if (block.type === "compaction" && isSigned(block)) continue;
      // The two names are one until the first thinking block, so most prompts are hashed once.
      else bound = parted ? hash("sha1", bound + part.text) : chain;
      // What was said behind a threshold's summary was said in the same turn as it.
      if (block.type === "compaction") beforeTurn[beforeTurn.length - 1] = bound;
    }
  }
  const continues = turns.at(-1)?.role === "assistant";
  return {
    positions,
    tokens,
    beforeTurn,
    beforeAnswer: continues ? (beforeTurn.at(-1) ?? bound) : bound,
    behindAll: bound,
    headTokens,
  };
}

/**
 * What the messages that a signed summary stands for are named. When the first message behind it has the role of the last
 * one summed up, the two are one message to the API, so nothing is bound to that place any more.
 */
function summedUp(turns: readonly Turn[], secret: string): string | undefined {
  const [first, second] = turns;
  const block = first?.blocks[0]?.block;
  if (first === undefined || block?.type !== "compaction" || !isSigned(block)) return undefined;
  const opened = openSummary(block, secret);
  if (typeof opened === "string") return undefined;
  const next = first.blocks.length > 1 ? first.role : second?.role;
  return next === opened.lastRole ? hash("sha1", `${opened.bound} merged`) : opened.bound;
}

function headParts(request: CountRequest, countText: CountText): readonly Part[] {
  const partOf = (text: string, control: Parameters<typeof partFor>[1]): Part =>
    partFor(text, control, countText);
  const tools = (request.tools ?? [])
    // A deferred tool is no part of the prompt until a search loads it.
    .filter((tool) => tool.defer_loading !== true)
    .map((tool) => {
      const { cache_control, ...rest } = tool;
      return partOf(`tool\n${JSON.stringify(rest)}`, cache_control);
    });
  const system =
    typeof request.system === "string"
      ? [{ text: request.system, cache_control: undefined }]
      : request.system;
  return [
    ...tools,
    ...(system ?? [])
      .filter(({ text }) => text !== "")
      .map(({ text, cache_control }) => partOf(`system\n${text}`, cache_control)),
  ];
}

function partFor(
  text: string,
  control: { readonly type: "ephemeral"; readonly ttl?: Ttl | undefined } | null | undefined,
  countText: CountText,
): Part {
  return {
    text,
    tokens: countText(text),
    breakpoint: control == null ? undefined : ttlOf(control),
  };
}

function breakpointOf(block: Turn["blocks"][number]["block"]): Ttl | undefined {
  if (block.type === "thinking" || block.type === "redacted_thinking") return undefined;
  if (block.cache_control != null) return ttlOf(block.cache_control);
  if (block.type !== "tool_result" || !Array.isArray(block.content)) return undefined;
  const inner = block.content.findLast(({ cache_control }) => cache_control != null)?.cache_control;
  return inner == null ? undefined : ttlOf(inner);
}

function messageSettings(request: CountRequest, turns: readonly Turn[]): string {
  const images = turns.some((turn) => turn.blocks.some(({ block }) => block.type === "image"));
  const { tool_choice: choice, thinking, output_config: output } = request;
  return hash(
    "sha1",
    JSON.stringify([choice ?? { type: "auto" }, thinking ?? null, output?.effort ?? null, images]),
  );
}
