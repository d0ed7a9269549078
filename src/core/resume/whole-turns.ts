import type { KeptTrees } from "../../model/question.ts";
import { type CallOutcome, type Reply, replyOf, type TranscriptLine } from "./transcript-line.ts";

/** What of an agent's earlier life counts for one that goes on with it. */
export interface EarlierLife {
  /** In order, from the opening on; each is as it was. */
  readonly lines: readonly TranscriptLine[];
  /** The last of them, when it is a reply whose calls are to be run again: on the worktree as it was before them. */
  readonly open: Reply | undefined;
  /** Worktree and output folder at that point; undefined: as they were in the beginning. */
  readonly kept: KeptTrees | undefined;
  /** Of calls of the open reply that reach out of the worktree: what came of them; undefined: nobody knows. */
  readonly reached: ReadonlyMap<string, CallOutcome | undefined>;
  /** The agent has handed over to another one. */
  readonly handoff: string | undefined;
}

type OpeningLine = Extract<TranscriptLine, { readonly kind: "opening" }>;

/**
 * The life of the agent that began with this opening, up to its last whole turn. Undefined: there is none that can be
 * gone on with. A file holds the lives of several agents, one after the other; only of the last one is it not known how
 * it ended.
 */
export function earlierLife(
  lines: readonly TranscriptLine[],
  opening: OpeningLine,
): EarlierLife | undefined {
  const starts = lines.flatMap((line, at) => (isOpening(line) ? [at] : []));
  const at = starts.findLast((start) => isSame(lines[start], opening));
  if (at === undefined) return undefined;
  const next = starts.find((start) => start > at);
  const life = lifeOf(withoutCut(lines.slice(at, next)));
  const isOver = life.handoff !== undefined;
  return (next !== undefined && !isOver) || life.lines.length < 2 ? undefined : life;
}

function isOpening(line: TranscriptLine | undefined): line is OpeningLine {
  return line?.role === "user" && line.kind === "opening";
}

function isSame(line: TranscriptLine | undefined, opening: OpeningLine): boolean {
  return (
    isOpening(line) &&
    line.standsOn === opening.standsOn &&
    JSON.stringify(line.content) === JSON.stringify(opening.content)
  );
}

function withoutCut(lines: readonly TranscriptLine[]): readonly TranscriptLine[] {
  const kept: TranscriptLine[] = [];
  for (const line of lines) {
    if (line.role === "cut") kept.length = Math.min(kept.length, line.from);
    else kept.push(line);
  }
  return kept;
}

/** The last point at which both the conversation and the worktree are known. */
function lifeOf(lines: readonly TranscriptLine[]): EarlierLife {
  let kept: KeptTrees | undefined;
  let isKnown = true;
  // A rewrite is whole once what must not be forgotten is said again.
  let isRewriting = false;
  let last = { end: 1, open: undefined as Reply | undefined, kept };
  for (const [at, line] of lines.entries()) {
    if (line.role === "handed-over" && isKnown)
      return { ...ofPoint(lines, { end: at, open: undefined, kept }), handoff: line.handoff };
    if (line.role === "acts") isKnown = false;
    if (line.role === "worktree") {
      kept = { tree: line.tree, out: line.out };
      isKnown = true;
    }
    if (line.role === "epoch") isRewriting = true;
    if (line.role === "user" && line.kind === "pins") isRewriting = false;
    if (!isKnown || isRewriting || line.role === "call") continue;
    if (line.role !== "assistant") last = { end: at + 1, open: undefined, kept };
    // What was masked cannot be done again as it was meant.
    else if (line.isMasked !== true) last = { end: at + 1, open: replyOf(line), kept };
  }
  return { ...ofPoint(lines, last), handoff: undefined };
}

function ofPoint(
  lines: readonly TranscriptLine[],
  { end, open, kept }: { readonly end: number } & Pick<EarlierLife, "open" | "kept">,
): Omit<EarlierLife, "handoff"> {
  const reached = new Map<string, CallOutcome | undefined>();
  for (const line of open === undefined ? [] : lines.slice(end))
    if (line.role === "call") reached.set(line.id, line.outcome);
  return { lines: lines.slice(0, end), open, kept, reached };
}
