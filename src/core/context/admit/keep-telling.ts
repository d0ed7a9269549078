import type { ReduceOptions } from "./reduce-options.ts";

const telling = /error|fail|panic|exception|assert|not ok|✗|×|✕/i;
/** Of the room, what lines that tell of failures may take. */
const tellingShare = 0.5;
const endLinesMax = 40;

/** The first and the last lines, and between them those that tell of failures, word for word, first ones first. */
export function keepTelling(
  lines: readonly string[],
  options: ReduceOptions & { readonly tailShare: number },
): string {
  const { tokensMax, tokensOf, tailShare } = options;
  const costs = lines.map((line) => tokensOf(line) + 1);
  const taken = new Set<number>();
  let left = tokensMax;
  const take = (index: number, room: number): boolean => {
    const cost = costs[index] ?? 0;
    if (taken.has(index)) return true;
    if (cost > left || cost > room) return false;
    taken.add(index);
    left -= cost;
    return true;
  };
  takeTelling(lines, { take, costs, room: tailShare === 0 ? 0 : tokensMax * tellingShare });
  const last = lines.length - 1;
  const [headLines, tailLines] = tailShare === 0 ? [lines.length, 0] : [endLinesMax, endLinesMax];
  for (let index = 0; index < tailLines; index += 1)
    if (!take(last - index, left * tailShare)) break;
  for (let index = 0; index < headLines; index += 1) if (!take(index, left)) break;
  return withGaps(lines, taken);
}

function takeTelling(
  lines: readonly string[],
  of: {
    readonly take: (index: number, room: number) => boolean;
    readonly costs: readonly number[];
    readonly room: number;
  },
): void {
  let { room } = of;
  for (const [index, line] of lines.entries()) {
    if (room <= 0) return;
    if (!telling.test(line)) continue;
    if (of.take(index, room)) room -= of.costs[index] ?? 0;
  }
}

/** The lines that were taken, in order, with a mark where others are missing. */
function withGaps(lines: readonly string[], taken: ReadonlySet<number>): string {
  const shown: string[] = [];
  let missing = 0;
  for (const [index, line] of lines.entries()) {
    if (!taken.has(index)) missing += 1;
    else {
      if (missing > 0) shown.push(`… ${missing} lines …`);
      missing = 0;
      shown.push(line);
    }
  }
  if (missing > 0) shown.push(`… ${missing} lines …`);
  return shown.join("\n");
}
