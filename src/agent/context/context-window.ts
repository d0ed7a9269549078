import { hash } from "node:crypto";

import type Anthropic from "@anthropic-ai/sdk";

import { isGrown, viewProblem } from "../../core/context/assert-view.ts";
import type { Block, ContextEntry } from "../../core/context/entry.ts";
import { blockSizes, viewSizes } from "../../core/context/estimate/block-sizes.ts";
import {
  type Calibration,
  calibrate,
  estimate,
  guardedEstimate,
  notCalibrated,
} from "../../core/context/estimate/calibration.ts";
import { addSizes, sizesOf } from "../../core/context/estimate/class-sizes.ts";
import { currentEpoch, renderView, type ViewMessage } from "../../core/context/render-view.ts";
import { usdOf } from "../../core/prices.ts";
import type { Contract } from "../../model/contract.ts";
import type { ModelRequest } from "../../ports/model-client.ts";
import { briefBlock, contractBlock, systemPrompt } from "../prompt.ts";
import type { Tool } from "../tool.ts";
import type { TranscriptMessage } from "../transcript.ts";
import { cacheMarks } from "./cache-marks.ts";

/**
 * What an agent has said and heard, and what of it the model is sent. What happened is only ever appended to; the view is
 * a function of it, and only grows between two rewrites.
 */
export interface ContextWindow {
  readonly entries: () => readonly ContextEntry[];
  readonly add: (entry: ContextEntry) => void;
  /** A reply, with what the API has measured of it. */
  readonly addReply: (reply: Anthropic.Message) => void;
  /** The next request. Throws when the view is not one the API would take: that is a bug of ours. */
  readonly request: () => ModelRequest;
  /** Estimated tokens of the view: as likely as can be told, and on the safe side. */
  readonly tokens: () => { readonly likely: number; readonly guarded: number };
  /** What the gate in front of the API is told of the next request. */
  readonly about: () => {
    readonly prefix: string;
    readonly freshTokens: number;
    readonly usd: number;
  };
  readonly tokensOfView: (view: readonly ViewMessage[]) => number;
  readonly tokensOfBlock: (block: Block) => number;
  readonly tokensOfText: (text: string) => number;
}

export interface WindowOptions {
  readonly contract: Contract;
  readonly tools: readonly Tool[];
  readonly keep: (message: TranscriptMessage) => void;
  /** Milliseconds, for how long the cache has to last. */
  readonly now: () => number;
}

/** What an answer usually has. */
const answerTokens = 700;

export function openContextWindow(options: WindowOptions): ContextWindow {
  const { contract, keep } = options;
  const entries: ContextEntry[] = [];
  const fixed = fixedOf(options);
  const fixedSizes = sizesOf(JSON.stringify([fixed.system, fixed.tools]));
  const sizesOfView = (view: readonly ViewMessage[]): typeof fixedSizes =>
    addSizes(fixedSizes, viewSizes(view));
  const marks = cacheMarks(options.now);
  const prefix = hash("sha256", JSON.stringify([fixed, briefBlock(contract)])).slice(0, 16);
  let calibration: Calibration = notCalibrated;
  // The server stopped in the middle of a turn of its own, and goes on when it is sent the same again.
  let isPaused = false;
  let sent: { readonly view: readonly ViewMessage[]; readonly epoch: number } | undefined;
  const tokensOf = (block: Block): number => weigh(calibration, blockSizes(block));

  const add = (entry: ContextEntry): void => {
    entries.push(entry);
    if (entry.kind === "results")
      keep({ role: "user", content: entry.results.map(({ block }) => block) });
    else if (entry.kind === "epoch") keep({ role: "epoch", content: entry.epoch });
    else if (entry.kind !== "reply") keep({ role: "user", content: entry.blocks });
  };
  add({ kind: "opening", blocks: opening(contract) });

  return {
    entries: () => entries,
    add,
    addReply: ({ content, usage, stop_reason: stopReason }) => {
      keep({ role: "assistant", content, usage, stopReason });
      isPaused = stopReason === "pause_turn";
      const blocks = content.filter(isReplayable);
      const answered = viewSizes([{ role: "assistant", content: blocks }]);
      if (sent !== undefined) {
        calibration = calibrate(calibration, {
          promptTokens: promptTokens(usage),
          promptSizes: sizesOfView(sent.view),
          answerTokens: usage.output_tokens,
          answerSizes: answered,
        });
      }
      entries.push({ kind: "reply", blocks });
    },
    request: () => {
      const view = renderView(entries);
      const epoch = currentEpoch(entries).number;
      const problem =
        viewProblem(view, { mayEndWithReply: isPaused }) ??
        (sent?.epoch === epoch && !isGrown(sent.view, view)
          ? "it changed without a rewrite"
          : undefined);
      if (problem !== undefined) throw new Error(`the context is not one to send: ${problem}`);
      sent = { view, epoch };
      return { ...fixed, ...marks(fixed, view) };
    },
    tokens: () => {
      const sizes = sizesOfView(renderView(entries));
      return { likely: estimate(calibration, sizes), guarded: guardedEstimate(calibration, sizes) };
    },
    about: () => {
      const all = estimate(calibration, sizesOfView(renderView(entries)));
      const isKnown = sent?.epoch === currentEpoch(entries).number;
      const cached = Math.min(all, isKnown ? (calibration.anchor?.tokens ?? 0) : 0);
      return { prefix, freshTokens: all - cached, usd: likelyUsd(contract.model, all, cached) };
    },
    tokensOfView: (view) => estimate(calibration, sizesOfView(view)),
    tokensOfBlock: tokensOf,
    tokensOfText: (text) => weigh(calibration, sizesOf(text)),
  };
}

function likelyUsd(model: string, all: number, cacheRead: number): number {
  const cacheWrite5m = all - cacheRead;
  return usdOf(model, { input: 0, cacheWrite1h: 0, cacheWrite5m, cacheRead, output: answerTokens });
}

function fixedOf({ contract, tools }: WindowOptions): Pick<ModelRequest, "model" | "max_tokens"> & {
  readonly system: Anthropic.TextBlockParam[];
  readonly tools: Anthropic.Tool[];
} {
  return {
    model: contract.model,
    max_tokens: contract.maxOutputTokens,
    system: [{ type: "text", text: systemPrompt(contract.role) }],
    tools: tools.map((tool) => ({
      name: tool.name,
      description: tool.description,
      input_schema: tool.inputSchema as Anthropic.Tool.InputSchema,
    })),
  };
}

/** The brief comes first: all agents of the run share it; the contract is each one's own. */
function opening(contract: Contract): readonly Block[] {
  const brief = briefBlock(contract);
  const task = { type: "text" as const, text: contractBlock(contract) };
  return brief === undefined ? [task] : [{ type: "text", text: brief }, task];
}

/** What a reply may hold that the API will not take back: blank text, and thinking cut off before its signature. */
function isReplayable(block: Anthropic.ContentBlock): boolean {
  if (block.type === "text") return block.text.trim() !== "";
  return block.type !== "thinking" || block.signature !== "";
}

function promptTokens(usage: Anthropic.Usage): number {
  return (
    usage.input_tokens +
    (usage.cache_read_input_tokens ?? 0) +
    (usage.cache_creation_input_tokens ?? 0)
  );
}

function weigh({ factors }: Calibration, sizes: ReturnType<typeof sizesOf>): number {
  return (
    factors.prose * sizes.prose +
    factors.code * sizes.code +
    factors.json * sizes.json +
    factors.wide * sizes.wide
  );
}
