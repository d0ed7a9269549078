import { foldRepeats } from "./fold-repeats.ts";
import { groupByFile } from "./group-by-file.ts";
import { keepTelling } from "./keep-telling.ts";
import { placeOf } from "./place-of.ts";
import { reduceDiff } from "./reduce-diff.ts";
import type { ReduceOptions } from "./reduce-options.ts";

/** Longest line that is looked at whole; what is longer is data, not text. */
const lineCharsMax = 2_000;

/** An output in fewer tokens, by what it looks like: of each kind, what an agent acts on. */
export function reduceOutput(tool: string, text: string, options: ReduceOptions): string {
  if (isBinary(text)) return "[binary data, not shown]";
  const lines = text.split("\n").map(shortLine);
  if (tool === "Read") return keepTelling(lines, { ...options, tailShare: 0 });
  if (text.startsWith("diff --git ") || text.includes("\ndiff --git "))
    return reduceDiff(lines, options);
  const grouped =
    tool === "Grep" || isListOfPlaces(lines) ? groupByFile(lines, options) : undefined;
  return grouped ?? keepTelling(foldRepeats(lines), { ...options, tailShare: 0.5 });
}

function shortLine(line: string): string {
  if (line.length <= lineCharsMax) return line;
  return `${line.slice(0, lineCharsMax / 2)} … ${line.length - lineCharsMax} characters … ${line.slice(-lineCharsMax / 2)}`;
}

function isBinary(text: string): boolean {
  const start = text.slice(0, 4_000);
  const odd = start.match(/[^\P{Cc}\s]|\uFFFD/gu)?.length ?? 0;
  // Escape sequences of colours are no sign of it: there are fewer of them.
  return odd > start.length * 0.1;
}

/** Most lines begin with a file and a line number, as compilers and linters write them. */
function isListOfPlaces(lines: readonly string[]): boolean {
  const sample = lines.slice(0, 400);
  const places = sample.filter((line) => placeOf(line) !== undefined).length;
  return places > 20 && places > sample.length * 0.5;
}
