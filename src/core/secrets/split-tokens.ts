import { isRandom } from "./secret-value.ts";

/** How tokens begin whose beginning is no word. */
const start = String.raw`(?:gh[opusr]_|github_pat_|gl(?:pat|dt|rt)-|sk-(?:ant|proj|or-v1)-|sk_live_|npm_|xox[abeoprs]-|AKIA|ASIA|AIza|hf_|dapi|dop_v1_|pypi-AgE|SG\.|eyJ[\w-]{8})`;
const gap = String.raw`(?:["'\x60]\s{0,4}(?:\+|\.{1,2}|\\{1,2})?\s{0,40}(?:\\n\s{0,40})?(?:\+\s{0,4}|\.\s{0,4})?["'\x60]|\s{0,4}\\{0,2}\r?\n[\s>|#*]{0,40})`;
const pieces = new RegExp(
  String.raw`(?<![\w-])(${start}[\w.+/=-]{4,200})((?:${gap}[\w.+/=-]{6,200}){1,6})(?![\w-])`,
  "g",
);
const between = new RegExp(gap, "g");
const charsMin = 24;

/**
 * Takes out tokens that were put together from pieces, or broken over lines: no piece has the length of one. What is only words behind
 * a line break is another line.
 */
export function withoutSplitTokens(text: string, mark: string): string {
  return text.replaceAll(pieces, (whole, first: string, rest: string) => {
    const others = rest.split(between).filter((part) => part !== "");
    const isMixed = others.every((part) => /\d/.test(part) && /[A-Za-z]/.test(part));
    const joined = [first, ...others].join("");
    if (!isMixed || joined.length < charsMin || !isRandom(joined)) return whole;
    const gaps = rest.match(between) ?? [];
    return `${mark}${gaps.map((one) => `${one}${mark}`).join("")}`;
  });
}
