import { hash } from "node:crypto";

import type Anthropic from "@anthropic-ai/sdk";

import { cacheMiss } from "../../core/context/cache-miss.ts";
import type { Block, ContextEntry } from "../../core/context/entry.ts";
import { measuredStep } from "../../core/context/estimate/measured-step.ts";
import { currentEpoch, renderView, type ViewMessage } from "../../core/context/render-view.ts";
import { usdOf } from "../../core/prices.ts";
import {
  entryOf,
  lineOf,
  type Reply,
  replyOf,
  type TranscriptLine,
} from "../../core/resume/transcript-line.ts";
import type { Contract } from "../../model/contract.ts";
import type { BetaParts, ModelRequest, ReplyUsage } from "../../ports/model-client.ts";
import { contractBlock, sharedBlocks, systemPromptOf } from "../prompt.ts";
import type { Tool } from "../tool.ts";
import { cacheMarks } from "./cache-marks.ts";
import { createExchange } from "./exchange.ts";
import { createTokenEstimates, type TokenEstimates } from "./token-estimates.ts";

/**
 * What an agent has said and heard, and what of it the model is sent. What happened is only ever appended to; the view is
 * a function of it, and only grows between two rewrites.
 */
export interface ContextWindow {
  readonly entries: () => readonly ContextEntry[];
  readonly add: (entry: ContextEntry) => void;
  /** A reply, with what the API has measured of it. */
  readonly addReply: (reply: Reply) => CacheMissed | undefined;
  /** What an earlier agent of the same opening has said and heard since. Nothing is kept; what was measured is learnt. Throws as `request` does. */
  readonly restore: (lines: readonly TranscriptLine[]) => void;
  /** The next request. Throws when the view is not one the API would take: that is a bug of ours. */
  readonly request: () => ModelRequest;
  /** The same with what comes before an entry only: a request that was sent once, unless the view was rewritten since. */
  readonly requestUpTo: (entry: number) => ModelRequest;
  /** Estimated tokens of the view: as likely as can be told, and on the safe side. */
  readonly tokens: () => { readonly likely: number; readonly guarded: number };
  /** What the API counted of the view as it is now. */
  readonly learnCount: (tokens: number) => void;
  /** The server no longer leaves out what it has left out so far. */
  readonly forgetMeasured: () => void;
  /** Of tools, system prompt and opening, which nothing makes smaller. */
  readonly fixedTokens: () => number;
  /** What the gate in front of the API is told of the next request. */
  readonly about: () => {
    readonly prefix: string;
    readonly freshTokens: number;
    readonly tokens: number;
    readonly usd: number;
  };
  readonly tokensOfView: (view: readonly ViewMessage[]) => number;
  readonly tokensOfBlock: (block: Block) => number;
  readonly tokensOfText: (text: string) => number;
}

/** What the cache could have had of the request that a reply answers. */
export type CacheMissed = NonNullable<ReturnType<typeof cacheMiss>>;

export interface WindowOptions {
  readonly contract: Contract;
  readonly tools: readonly Tool[];
  /** What its role has to know, for the contract. */
  readonly aboutRole: readonly string[];
  readonly keep: (line: TranscriptLine) => void;
  /** What the agent has seen of files since it was last asked. */
  readonly takeSeen: () => Readonly<Record<string, string>>;
  /** Milliseconds, for how long the cache has to last. */
  readonly now: () => number;
  /** What the request has of the API's beta. Left out: nothing. */
  readonly beta?: (view: { readonly hasSummary: boolean }) => BetaParts | undefined;
}

/** What an answer usually has. */
const answerTokens = 700;

export function openContextWindow(options: WindowOptions): ContextWindow {
  const { contract, keep } = options;
  const entries: ContextEntry[] = [];
  const fixed = fixedOf(options);
  const estimates = createTokenEstimates(JSON.stringify([fixed.system, fixed.tools]));
  const marks = cacheMarks(options.now);
  const misses = missesOf(options, estimates);
  const prefix = hash("sha256", JSON.stringify([fixed, sharedBlocks(contract)])).slice(0, 16);
  const { send, hear, ...sent } = createExchange(entries, estimates);

  const whole = (view: readonly ViewMessage[]): ModelRequest =>
    withBeta({ ...fixed, ...marks(fixed, view) }, view, options);
  const add = (entry: ContextEntry): void => {
    entries.push(entry);
    if (entry.kind === "reply") return;
    const seen = entry.kind === "results" ? options.takeSeen() : {};
    keep(lineOf(entry, { standsOn: `${prefix}-${contract.base}`, seen }));
  };
  add({ kind: "opening", blocks: opening(options) });

  return {
    entries: () => entries,
    add,
    addReply: (reply) => {
      const { content, usage, stop_reason: stopReason } = reply;
      keep({ role: "assistant", content, usage, stopReason });
      hear(reply);
      const epoch = sent.epoch();
      return epoch === undefined ? undefined : misses(epoch + sent.edits(), usage);
    },
    restore: (lines) => {
      for (const line of lines) {
        if (line.role === "assistant") {
          send();
          hear(replyOf(line));
        }
        const entry = entryOf(line);
        if (entry !== undefined) entries.push(entry);
      }
    },
    request: () => whole(send()),
    requestUpTo: (entry) => whole(renderView(entries, entry)),
    about: () => {
      const { likely } = estimates.ofView(renderView(entries));
      const isKnown = sent.epoch() === currentEpoch(entries).number;
      return { prefix, ...costOf(contract.model, likely, isKnown ? estimates.measured() : 0) };
    },
    tokens: () => estimates.ofView(renderView(entries)),
    learnCount: (tokens) => estimates.learnCount(renderView(entries), tokens),
    forgetMeasured: estimates.startOver,
    fixedTokens: () => estimates.ofFixed(entries[0]?.kind === "opening" ? entries[0].blocks : []),
    tokensOfView: (view) => estimates.ofView(view).likely,
    tokensOfBlock: estimates.ofBlock,
    tokensOfText: estimates.ofText,
  };
}

function withBeta(
  request: ModelRequest,
  view: readonly ViewMessage[],
  { beta }: WindowOptions,
): ModelRequest {
  const parts = beta?.({ hasSummary: view[0]?.content[0]?.type === "compaction" });
  return parts === undefined ? request : { ...request, beta: parts };
}

/** Compares what the cache had of each request with what it could have had after the one before it. */
function missesOf(
  { contract, now }: WindowOptions,
  estimates: TokenEstimates,
): (epoch: number, usage: ReplyUsage) => CacheMissed | undefined {
  const shared = sharedBlocks(contract).join("");
  let before: { promptTokens: number; epoch: number; at: number } | undefined;
  return (epoch, usage) => {
    const at = now();
    const { read, prompt } = measuredStep(usage);
    const sharedTokens = estimates.ofText(shared);
    const missed = cacheMiss({ read, now: at, epoch, before, sharedTokens });
    before = { promptTokens: prompt, epoch, at };
    return missed;
  };
}

/** Of a prompt that the cache has the beginning of. */
function costOf(
  model: string,
  tokens: number,
  known: number,
): { readonly freshTokens: number; readonly tokens: number; readonly usd: number } {
  const cacheRead = Math.min(tokens, known);
  const cacheWrite5m = tokens - cacheRead;
  const usage = { input: 0, cacheWrite1h: 0, cacheWrite5m, cacheRead, output: answerTokens };
  return { freshTokens: cacheWrite5m, tokens: tokens + answerTokens, usd: usdOf(model, usage) };
}

function fixedOf({ contract, tools }: WindowOptions): Pick<ModelRequest, "model" | "max_tokens"> & {
  readonly system: Anthropic.TextBlockParam[];
  readonly tools: Anthropic.Tool[];
} {
  return {
    model: contract.model,
    max_tokens: contract.maxOutputTokens,
    system: [{ type: "text", text: systemPromptOf(contract.role) }],
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema as Anthropic.Tool.InputSchema,
    })),
  };
}

/** What all agents of the run share comes first; the contract is each one's own. */
function opening({ contract, aboutRole }: WindowOptions): readonly Block[] {
  const texts = [...sharedBlocks(contract), contractBlock(contract, aboutRole)];
  return texts.map((text) => ({ type: "text", text }));
}
