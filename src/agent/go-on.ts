import type { ContextEntry } from "../core/context/entry.ts";
import { replyName } from "../core/resume/reply-name.ts";
import type { CallOutcome, Reply, TranscriptLine } from "../core/resume/transcript-line.ts";
import { replyOf } from "../core/resume/transcript-line.ts";
import { type EarlierLife, earlierLife } from "../core/resume/whole-turns.ts";
import { spendOf } from "../core/spend-of.ts";
import type { AgentEvent, PaidReply } from "../model/event.ts";
import type { Ask } from "../ports/questions.ts";
import type { ContextWindow } from "./context/context-window.ts";
import { decideNext, neverPutRight, type PutRight } from "./decide-next.ts";
import type { Tool } from "./tool.ts";
import type { SeenFiles } from "./tools/seen-files.ts";
import type { Transcript } from "./transcript.ts";

/** Where an earlier process left the agent. */
export interface Left {
  /** Replies that were paid for. */
  readonly turns: number;
  readonly putRight: PutRight;
  /** The last of them, when its calls are to be run (again). */
  readonly reply: Reply | undefined;
  readonly reached: ReadonlyMap<string, CallOutcome | undefined>;
  /** What the agent has to know of having been cut off. */
  readonly note: ContextEntry | undefined;
  /** It was at its end: another agent goes on with its work. */
  readonly handoff: string | undefined;
}

const nothingLeft: Left = {
  turns: 0,
  putRight: neverPutRight,
  reply: undefined,
  reached: new Map(),
  note: undefined,
  handoff: undefined,
};

export interface GoOnOptions {
  readonly transcript: Transcript;
  /** Opens the agent's context; its first line is the opening. */
  readonly openWindow: (keep: (line: TranscriptLine) => void) => ContextWindow;
  readonly tools: readonly Tool[];
  readonly seen: SeenFiles;
  readonly model: string;
  readonly ask: Ask;
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * An agent's context: where an earlier process of the run left it, when its transcript begins in the same way and its
 * worktree can be put back; otherwise a new one.
 */
export async function goOn(
  options: GoOnOptions,
): Promise<{ readonly window: ContextWindow; readonly left: Left }> {
  const { transcript } = options;
  const replies = paidBefore(options);
  if (replies.length > 0) options.emit({ kind: "paid-before", replies });
  const { window, opening, keepFromNow } = openMuted(options);
  const life = opening === undefined ? undefined : earlierLife(transcript.earlier, opening);
  if (life === undefined || !(await isPutBack(options, life)) || !isRestored(window, life)) {
    return { window: options.openWindow(transcript.keep), left: nothingLeft };
  }
  transcript.keep({ role: "cut", from: life.lines.length });
  keepFromNow();
  for (const line of life.lines)
    if (line.role === "user" && line.kind === "results") options.seen.restore(line.seen);
  const left = leftOf(options, life);
  const usd = repliesOf(life).reduce(
    (sum, { usage }) => sum + spendOf(options.model, usage).usd,
    0,
  );
  options.emit({ kind: "replayed", turns: left.turns, usd });
  return { window, left };
}

/** Whichever of the file's agents they were given to, and whether or not this one goes on with them. */
function paidBefore({ transcript, model }: GoOnOptions): readonly PaidReply[] {
  return transcript.earlier.flatMap((line) => {
    const reply = line.role === "assistant" ? replyName(line.content) : undefined;
    return line.role !== "assistant" || reply === undefined
      ? []
      : [{ reply, spent: { ...spendOf(model, line.usage), turns: 1 } }];
  });
}

/** A window that keeps nothing until it is told to. */
function openMuted({ openWindow, transcript }: GoOnOptions): {
  readonly window: ContextWindow;
  readonly opening: Extract<TranscriptLine, { readonly kind: "opening" }> | undefined;
  readonly keepFromNow: () => void;
} {
  const unkept: TranscriptLine[] = [];
  let keep = (line: TranscriptLine): unknown => unkept.push(line);
  const window = openWindow((line) => keep(line));
  const [first] = unkept;
  return {
    window,
    opening:
      first?.role === "user" && first.kind === "opening" ? transcript.masked(first) : undefined,
    keepFromNow: () => {
      keep = transcript.keep;
    },
  };
}

async function isPutBack({ ask, signal }: GoOnOptions, { kept }: EarlierLife): Promise<boolean> {
  if (kept === undefined) return true;
  const answer = await ask({ kind: "restore", ...kept }, signal).catch(() => undefined);
  return answer?.isDone === true;
}

function isRestored(window: ContextWindow, { lines }: EarlierLife): boolean {
  try {
    window.restore(lines.slice(1));
    return true;
  } catch {
    // Not a conversation that the API would have taken: somebody has changed it.
    return false;
  }
}

function leftOf({ tools }: GoOnOptions, life: EarlierLife): Left {
  const replies = repliesOf(life);
  const closed = life.open === undefined ? replies : replies.slice(0, -1);
  const putRight = closed.reduce((so, reply) => {
    const next = decideNext(reply, so);
    return next.kind === "tell" ? next.putRight : so;
  }, neverPutRight);
  const hasRun = replies.some(({ content }) =>
    content.some(
      (block) =>
        block.type === "tool_use" &&
        tools.find(({ name }) => name === block.name)?.effect === "executes",
    ),
  );
  const { open: reply, reached, handoff } = life;
  const note: ContextEntry = { kind: "told", blocks: [{ type: "text", text: cutOff }] };
  return {
    turns: replies.length,
    putRight,
    reply,
    reached,
    handoff,
    note: hasRun ? note : undefined,
  };
}

function repliesOf({ lines }: EarlierLife): readonly Reply[] {
  return lines.flatMap((line) => (line.role === "assistant" ? [replyOf(line)] : []));
}

const cutOff =
  "Skein was cut off and goes on from here. Your files are as you left them, but for those that git ignores (build outputs, caches); commands that ran in the background have ended.";
