import type { Block } from "../../core/context/entry.ts";
import { blockSizes, viewSizes } from "../../core/context/estimate/block-sizes.ts";
import {
  anchorOf,
  type Calibration,
  calibrate,
  estimate,
  guardedEstimate,
  notCalibrated,
} from "../../core/context/estimate/calibration.ts";
import {
  addSizes,
  type ClassSizes,
  noSizes,
  sizesOf,
} from "../../core/context/estimate/class-sizes.ts";
import type { MeasuredStep } from "../../core/context/estimate/measured-step.ts";
import type { ViewMessage } from "../../core/context/render-view.ts";

/** How many tokens things have for one agent's model, as far as the API's own figures have taught it. */
export interface TokenEstimates {
  /** A reply, with what the API has measured of it. */
  readonly learn: (
    sent: readonly ViewMessage[],
    answer: readonly Block[],
    measured: Pick<MeasuredStep, "prompt" | "answer"> & {
      /** The server has left out some of it, so there is nothing to learn but where the context stands. */
      readonly isEdited: boolean;
    },
  ) => void;
  /** What the API counted of a view that was not sent. */
  readonly learnCount: (view: readonly ViewMessage[], tokens: number) => void;
  /** Of a whole request: as likely as can be told, and on the safe side. */
  readonly ofView: (view: readonly ViewMessage[]) => {
    readonly likely: number;
    readonly guarded: number;
  };
  readonly ofBlock: (block: Block) => number;
  /** Of what every request begins with, and of these blocks. */
  readonly ofFixed: (opening: readonly Block[]) => number;
  readonly ofText: (text: string) => number;
  /** What was measured is not what will be sent: the next estimate is of the whole view. */
  readonly startOver: () => void;
  /** Of the last context that was sent, with its answer, which the cache has. */
  readonly measured: () => number;
}

/** `fixed`: tools and system prompt, which every request begins with. */
export function createTokenEstimates(fixed: string): TokenEstimates {
  const fixedSizes = sizesOf(fixed);
  const sizesOfView = (view: readonly ViewMessage[]): ClassSizes =>
    addSizes(fixedSizes, viewSizes(view));
  let calibration: Calibration = notCalibrated;
  let inCache = 0;
  return {
    learn: (sent, answer, { prompt, answer: answerTokens, isEdited }) => {
      const measured = {
        promptTokens: prompt,
        promptSizes: sizesOfView(sent),
        answerTokens,
        answerSizes: viewSizes([{ role: "assistant", content: answer }]),
      };
      inCache = prompt + answerTokens;
      calibration = isEdited
        ? { ...calibration, anchor: anchorOf(measured) }
        : calibrate(calibration, measured);
    },
    learnCount: (view, tokens) => {
      const measured = { promptTokens: tokens, promptSizes: sizesOfView(view) };
      calibration = calibrate(calibration, { ...measured, answerTokens: 0, answerSizes: noSizes });
    },
    ofView: (view) => {
      const sizes = sizesOfView(view);
      return { likely: estimate(calibration, sizes), guarded: guardedEstimate(calibration, sizes) };
    },
    ofBlock: (block) => weigh(calibration, blockSizes(block)),
    ofFixed: (opening) => weigh(calibration, sizesOfView([{ role: "user", content: opening }])),
    ofText: (text) => weigh(calibration, sizesOf(text)),
    startOver: () => {
      calibration = { ...calibration, anchor: undefined };
      inCache = 0;
    },
    measured: () => inCache,
  };
}

function weigh({ factors }: Calibration, sizes: ClassSizes): number {
  return (
    factors.prose * sizes.prose +
    factors.code * sizes.code +
    factors.json * sizes.json +
    factors.wide * sizes.wide
  );
}
