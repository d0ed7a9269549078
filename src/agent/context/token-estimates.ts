import type Anthropic from "@anthropic-ai/sdk";

import type { Block } from "../../core/context/entry.ts";
import { blockSizes, viewSizes } from "../../core/context/estimate/block-sizes.ts";
import {
  type Calibration,
  calibrate,
  estimate,
  guardedEstimate,
  notCalibrated,
} from "../../core/context/estimate/calibration.ts";
import { addSizes, type ClassSizes, sizesOf } from "../../core/context/estimate/class-sizes.ts";
import type { ViewMessage } from "../../core/context/render-view.ts";

/** How many tokens things have for one agent's model, as far as the API's own figures have taught it. */
export interface TokenEstimates {
  readonly learn: (
    sent: readonly ViewMessage[],
    answer: readonly Block[],
    usage: Anthropic.Usage,
  ) => void;
  /** Of a whole request: as likely as can be told, and on the safe side. */
  readonly ofView: (view: readonly ViewMessage[]) => {
    readonly likely: number;
    readonly guarded: number;
  };
  readonly ofBlock: (block: Block) => number;
  readonly ofText: (text: string) => number;
  /** Of the last measured context, which the cache has. */
  readonly measured: () => number;
}

/** `fixed`: tools and system prompt, which every request begins with. */
export function createTokenEstimates(fixed: string): TokenEstimates {
  const fixedSizes = sizesOf(fixed);
  const sizesOfView = (view: readonly ViewMessage[]): ClassSizes =>
    addSizes(fixedSizes, viewSizes(view));
  let calibration: Calibration = notCalibrated;
  return {
    learn: (sent, answer, usage) => {
      calibration = calibrate(calibration, {
        promptTokens: promptTokens(usage),
        promptSizes: sizesOfView(sent),
        answerTokens: usage.output_tokens,
        answerSizes: viewSizes([{ role: "assistant", content: answer }]),
      });
    },
    ofView: (view) => {
      const sizes = sizesOfView(view);
      return { likely: estimate(calibration, sizes), guarded: guardedEstimate(calibration, sizes) };
    },
    ofBlock: (block) => weigh(calibration, blockSizes(block)),
    ofText: (text) => weigh(calibration, sizesOf(text)),
    measured: () => calibration.anchor?.tokens ?? 0,
  };
}

export function promptTokens(usage: Anthropic.Usage): number {
  return (
    usage.input_tokens +
    (usage.cache_read_input_tokens ?? 0) +
    (usage.cache_creation_input_tokens ?? 0)
  );
}

function weigh({ factors }: Calibration, sizes: ClassSizes): number {
  return (
    factors.prose * sizes.prose +
    factors.code * sizes.code +
    factors.json * sizes.json +
    factors.wide * sizes.wide
  );
}
