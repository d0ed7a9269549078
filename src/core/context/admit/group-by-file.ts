import { placeOf } from "./place-of.ts";
import type { ReduceOptions } from "./reduce-options.ts";

const perFileMax = 5;

/** Lines that name a place, by file: how many there are, and the first of each. Undefined: they name none. */
export function groupByFile(
  lines: readonly string[],
  { tokensMax, tokensOf }: ReduceOptions,
): string | undefined {
  const files = Map.groupBy(lines, (line) => placeOf(line));
  const others = files.get(undefined) ?? [];
  files.delete(undefined);
  if (files.size === 0) return undefined;
  const most = [...files].toSorted(([, a], [, b]) => b.length - a.length);
  for (let each = perFileMax; each >= 0; each -= 1) {
    const shown = most.flatMap(([file, own]) => [
      ...own.slice(0, each),
      ...(own.length > each
        ? [`  ${file}: ${own.length - each}${each > 0 ? " more" : " lines"}`]
        : []),
    ]);
    const text = [...shown, ...others.filter((line) => line.trim() !== "").slice(-5)].join("\n");
    if (tokensOf(text) <= tokensMax) return text;
  }
  return undefined;
}
