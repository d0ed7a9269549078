import { reduceOutput } from "./reduce-output.ts";

/** A result as its tool gave it, secrets taken out. */
export interface RawResult {
  readonly tool: string;
  readonly text: string;
  /** The id its text would be kept under. */
  readonly id: string;
}

/** What the model is shown; `spills`: that is not all, so the whole has to be kept. */
export interface Admitted {
  readonly text: string;
  readonly spills: boolean;
}

export interface AdmitLimits {
  readonly resultSoftTokens: number;
  readonly resultHardTokens: number;
  readonly batchTokens: number;
  readonly tokensOf: (text: string) => number;
}

/** The model asked for exactly that part: cutting it would only make it ask again. */
const askedFor: ReadonlySet<string> = new Set(["Read", "ArtifactRead", "MemoryRead"]);
/** Less of a result than this says nothing any more. */
const leastTokens = 500;

/**
 * Stage ADMIT: what the results of one reply may add to the context. Never breaks the cache, since nothing is there yet. A
 * result over its limit is reduced to what says most; when all together are too much, the largest shrink first.
 */
export function admitBatch(
  results: readonly RawResult[],
  limits: AdmitLimits,
): readonly Admitted[] {
  const { resultSoftTokens: soft, resultHardTokens: hard, batchTokens, tokensOf } = limits;
  const sizes = results.map(({ text }) => tokensOf(text));
  const alone = results.map(({ tool }, index) =>
    Math.min(sizes[index] ?? 0, askedFor.has(tool) ? hard : soft),
  );
  const ceiling = ceilingFor(alone, batchTokens);
  return results.map((result, index) => {
    const room = Math.max(leastTokens, Math.min(ceiling, alone[index] ?? 0));
    if ((sizes[index] ?? 0) <= room) return { text: result.text, spills: false };
    return admit(result, { room, tokensOf });
  });
}

function admit(
  { tool, text, id }: RawResult,
  { room, tokensOf }: { readonly room: number; readonly tokensOf: (text: string) => number },
): Admitted {
  const reduced = reduceOutput(tool, text, { tokensMax: room, tokensOf });
  const lines = text.split("\n").length;
  const note = `[shortened: the whole has ${lines} lines, ${text.length} characters; see more with ArtifactRead and id ${id}, or find]`;
  const [body, end] = withoutEnd(reduced);
  const shown = [body, note, ...(end === undefined ? [] : [end])].join("\n");
  return shown.length < text.length ? { text: shown, spills: true } : { text, spills: false };
}

/** How a command ended stays the last line. */
function withoutEnd(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf("\n");
  const last = text.slice(at + 1);
  return /^\[(?:exit code|the command was)[^\]]*\]$/.test(last)
    ? [text.slice(0, at), last]
    : [text, undefined];
}

/** The largest size any of them may have so that all fit: the small ones are left alone. */
function ceilingFor(sizes: readonly number[], total: number): number {
  let left = total;
  const sorted = sizes.toSorted((a, b) => a - b);
  for (const [index, size] of sorted.entries()) {
    const share = left / (sorted.length - index);
    if (size > share) return share;
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}
