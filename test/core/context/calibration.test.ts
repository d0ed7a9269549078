import { expect, test } from "vitest";

import {
  type Calibration,
  calibrate,
  estimate,
  guardedEstimate,
  notCalibrated,
} from "../../../src/core/context/estimate/calibration.ts";
import {
  addSizes,
  type ClassSizes,
  noSizes,
  sizesOf,
  textClasses,
} from "../../../src/core/context/estimate/class-sizes.ts";
import { seeded } from "../shell/corpus/mutate.ts";

/** What comes in a turn: sizes in raw tokens by class, up to `most` in all. */
function growth(chance: (most: number) => number, most: number): ClassSizes {
  const of = (share: number): number => chance(Math.ceil(most * share));
  return { prose: of(0.2), code: of(0.6), json: of(0.2), wide: of(0.02) };
}

/** A tokenizer that differs from our estimate by up to 35% a class, and by a little noise. */
function hidden(chance: (most: number) => number): (sizes: ClassSizes) => number {
  const ratios = Object.fromEntries(
    textClasses.map((kind) => [kind, 0.65 + chance(700) / 1_000]),
  ) as unknown as ClassSizes;
  return (sizes) =>
    textClasses.reduce((all, kind) => {
      const noise = 0.9 + chance(200) / 1_000;
      return all + sizes[kind] * ratios[kind] * noise;
    }, 0);
}

/** Errors of the estimate of whole prompts, as shares, after three turns. */
function errorsOf(seed: number, most: number): readonly number[] {
  const chance = seeded(seed);
  const tokens = hidden(chance);
  let calibration: Calibration = notCalibrated;
  let sizes = growth(chance, 20_000);
  let actual = tokens(sizes);
  const errors: number[] = [];
  for (let turn = 0; turn < 60; turn += 1) {
    if (turn > 3) errors.push(Math.abs(estimate(calibration, sizes) - actual) / actual);
    const answer = growth(chance, 600);
    const answerTokens = tokens(answer);
    calibration = calibrate(calibration, {
      promptTokens: actual,
      promptSizes: sizes,
      answerTokens,
      answerSizes: answer,
    });
    const came = growth(chance, most);
    actual += answerTokens + tokens(came);
    sizes = addSizes(addSizes(sizes, answer), came);
  }
  return errors;
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}

test.each([6_000, 25_000])(
  "with tokenizers off by up to 35%%, whole contexts that grow by up to %i a turn are estimated within 2%% and 4%%",
  (most) => {
    const errors = Array.from({ length: 200 }, (_, seed) => errorsOf(seed + 1, most)).flat();
    expect(percentile(errors, 0.95)).toBeLessThan(0.02);
    expect(percentile(errors, 0.99)).toBeLessThan(0.04);
  },
);

test("after a rewrite what is left is estimated from what was measured", () => {
  const chance = seeded(7);
  const tokens = hidden(chance);
  const sizes = { prose: 20_000, code: 80_000, json: 10_000, wide: 0 };
  const measured = tokens(sizes);
  const calibration = calibrate(notCalibrated, {
    promptTokens: measured,
    promptSizes: sizes,
    answerTokens: 0,
    answerSizes: noSizes,
  });
  const left = { prose: 10_000, code: 40_000, json: 5_000, wide: 0 };
  expect(Math.abs(estimate(calibration, left) / (measured / 2) - 1)).toBeLessThan(0.02);
});

test("the guarded estimate is never below the likely one, and close to it once there is something to go by", () => {
  const sizes = { prose: 1_000, code: 2_000, json: 0, wide: 0 };
  expect(guardedEstimate(notCalibrated, sizes)).toBeGreaterThan(estimate(notCalibrated, sizes));
});

test.each([
  ["prose", "The quick brown fox jumps over the lazy dog. "],
  ["code", "const x = (a) => { return a[0] + b.c(d); };\n"],
  ["json", JSON.stringify({ name: "x", list: ["a", "b"], deep: { a: "b" } })],
  ["wide", "日本語のテキスト。"],
] as const)("%s is told apart by what it looks like", (kind, text) => {
  const sizes = sizesOf(text.repeat(50));
  expect(textClasses.toSorted((a, b) => sizes[b] - sizes[a])[0]).toBe(kind);
});
