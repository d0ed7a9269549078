import { estimateUsd } from "../core/memory/reading/estimate-usd.ts";
import { linesOf } from "../core/memory/reading/known-names.ts";
import { readingWords } from "../core/memory/reading/reading-words.ts";
import { takeAnswer, type TakenText } from "../core/memory/reading/take-answer.ts";
import { batchesOf } from "../core/memory/reading/texts-to-read.ts";
import { shownCount, shownUsd } from "../core/report/figures.ts";
import type { RunFinished, UnitFinished } from "../model/event.ts";
import type { RunId, TaskId, UnitId } from "../model/ids.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { ReadKey } from "../model/memory-reading.ts";
import { ok, type Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import { coordinatorUnit } from "./make-plan.ts";
import { type ContextOptions, openContext } from "./open-context.ts";
import { orJournalLost } from "./record.ts";
import { type AgentEnd, runAgent } from "./run-agent.ts";
import type { RunContext } from "./run-context.ts";
import { createWorktreeShelf } from "./worktree-shelf.ts";

export interface ProseToRead {
  /** In the order they are asked. */
  readonly texts: readonly string[];
  /** Those in use (`known-names.ts`). */
  readonly names: string;
  /** Most that may be spent: dollars, and answers of the model. */
  readonly most: { readonly usd: number; readonly requests: number };
  /** Asked before each request, with how many were answered: why none may be sent; undefined when one may. */
  readonly whyStop: (requests: number) => string | undefined;
  /** Into memory's record, before the next request is sent. */
  readonly keep: (entries: readonly MemoryEntry[]) => Promise<Result<number>>;
  readonly hash: (text: string) => string;
  /** Told when the run has begun, and after each request. */
  readonly onRead: (read: ProseRead) => void;
}

/** What came of it so far. */
export interface ProseRead {
  readonly run: RunId;
  /** Texts that were to be read; of them those that have a key now, that say nothing that has one, and that nobody answered. */
  readonly due: number;
  readonly keyed: number;
  readonly nothing: number;
  readonly left: number;
  /** Keys that were given and do not count. */
  readonly dropped: number;
  readonly requests: number;
  readonly usd: number;
  /** Why not all were read. */
  readonly why: string | undefined;
}

type Options = Pick<
  ContextOptions,
  "id" | "base" | "ports" | "settings" | "signal" | "growPlan" | "offline"
>;

/** Answers that do not fit the door are sent back so often. */
const turnsMax = 3;
/** So many failures in a row are not by chance. */
const failuresMax = 2;

/**
 * A run in which readers say what texts of memory's record say: one agent for each batch, one after the other, so that a later one is
 * told the names that an earlier one gave. What is read is kept batch by batch; what cuts it off leaves the rest for the next time.
 */
export async function readProse(options: Options, prose: ProseToRead): Promise<Result<ProseRead>> {
  const { ports, settings, id } = options;
  const startedAt = ports.clock.now();
  await using shelf = createWorktreeShelf(ports.workspace, { dependenciesAreReadOnly: true });
  const { context } = await openContext({ ...options, memory: "" }, shelf);
  // Readers have to know nothing of the repository.
  const run: RunContext = { ...context, brief: prose.names };
  const reading = new Reading(run, prose);
  const done = await orJournalLost(run, async () => {
    await run.record({
      kind: "run-started",
      run: id,
      name: "what memory's texts say",
      repo: ports.workspace.repo,
      base: options.base,
      model: settings.models.reader,
      offline: options.offline,
      shell: settings.shell,
      mode: settings.permissions.mode,
      agentsMax: 1,
      budget: settings.budget,
    });
    prose.onRead(reading.told());
    await reading.all();
    const finished = finishedOf(run, reading.told(), startedAt);
    await run.record(finished);
    return ok(finished);
  });
  return done.ok ? ok(reading.told()) : done;
}

/** A class, since all of it changes from one batch to the next. */
class Reading {
  private readonly run: RunContext;
  private readonly prose: ProseToRead;
  private readonly keys: ReadKey[] = [];
  private nothing = 0;
  private answered = 0;
  private dropped = 0;
  private requests = 0;
  private usd = 0;
  private why: string | undefined;

  constructor(run: RunContext, prose: ProseToRead) {
    this.run = run;
    this.prose = prose;
  }

  told(): ProseRead {
    const { keys, nothing, dropped, requests, usd, why, run } = this;
    const due = this.prose.texts.length;
    const counts = { due, keyed: keys.length, nothing, left: due - this.answered, dropped };
    return { run: run.id, ...counts, requests, usd, why };
  }

  async all(): Promise<void> {
    let failures = 0;
    for (const [at, texts] of batchesOf(this.prose.texts).entries()) {
      this.why = this.whyStop(texts);
      if (this.why !== undefined) return;
      const failed = await this.batch(texts, at + 1);
      this.prose.onRead(this.told());
      failures = failed === undefined ? 0 : failures + 1;
      this.why = failed?.why;
      if (failed?.isOver === true || failures === failuresMax) return;
    }
  }

  /** What the next request is likely to cost has to fit, so that a small budget holds. */
  private whyStop(texts: readonly string[]): string | undefined {
    const { most, names, whyStop } = this.prose;
    if (this.run.signal.aborted) return "it was stopped";
    if (this.requests >= most.requests)
      return `no more than ${shownCount(most.requests, "request")} may be made`;
    const next = estimateUsd(this.run.settings.models.reader, texts, names + this.names());
    if (this.usd + next > most.usd) return `${shownUsd(most.usd)} would not hold more`;
    return whyStop(this.requests);
  }

  private async batch(
    texts: readonly string[],
    number: number,
  ): Promise<{ readonly why: string; readonly isOver: boolean } | undefined> {
    const { run, prose } = this;
    const turns = Math.min(turnsMax, prose.most.requests - this.requests);
    const unit = readerUnit(readingWords(texts, this.names()), number);
    const result = await readIn(run, unit, turns);
    this.requests += result.spent.turns;
    this.usd += result.spent.usd;
    if (result.status !== "read") {
      const isOver = result.status !== "failed" || result.failure.kind !== "model";
      return { why: whyFailed(result), isOver };
    }
    const taken = takeAnswer(texts, result.answer);
    const kept = await prose.keep(this.entriesOf(taken.texts));
    if (!kept.ok) return { why: kept.error.message, isOver: true };
    this.answered += taken.texts.size;
    this.dropped += taken.strays;
    for (const { key, dropped } of taken.texts.values()) {
      if (key !== null) this.keys.push(key);
      else if (dropped === undefined) this.nothing += 1;
      else this.dropped += 1;
    }
    return undefined;
  }

  /** Those that were given a moment ago. */
  private names(): string {
    return linesOf(this.keys);
  }

  private entriesOf(texts: ReadonlyMap<string, TakenText>): readonly MemoryEntry[] {
    const { run, prose } = this;
    const at = new Date(run.ports.clock.now()).toISOString();
    const by = run.settings.models.reader;
    return [...texts].map(([text, taken]) => ({
      type: "read",
      at,
      of: prose.hash(text),
      ...taken,
      by,
      run: run.id,
    }));
  }
}

function readerUnit(prompt: string, number: number): Unit {
  const name = `read-${number}`;
  const unit = coordinatorUnit(prompt, {});
  return { ...unit, id: name as UnitId, task: name as TaskId };
}

/** One reader, from its first event to its last. */
async function readIn(run: RunContext, unit: Unit, turns: number): Promise<AgentEnd> {
  const { ports } = run;
  const startedAt = ports.clock.now();
  const at = { unit: unit.id, task: unit.task, attempt: 1 };
  const units = [{ id: unit.id, agent: true }];
  await run.record({ kind: "task-expanded", task: unit.task, units }, [unit]);
  await run.record({ kind: "unit-started", ...at, base: run.base, ref: "" });
  const outDir = await ports.files.makeOutDir(unit.id, 1);
  const prompt = unit.action.kind === "agent" ? unit.action.prompt : "";
  const result = await runAgent(run, {
    unit,
    attempt: 1,
    role: "reader",
    spec: { prompt, write: [], budget: { turns } },
    // It has no tool that looks at files; the folder is empty, and its own.
    root: outDir,
    outDir,
    signal: run.signal,
  });
  const finished: UnitFinished = {
    kind: "unit-finished",
    ...at,
    outcome:
      result.status === "read" ? "done" : result.status === "cancelled" ? "cancelled" : "failed",
    ...("failure" in result ? { reason: result.failure.message, failure: result.failure } : {}),
    outputs: {},
    spent: result.spent,
    durationMs: ports.clock.now() - startedAt,
  };
  await run.record(finished);
  return result;
}

function whyFailed(result: Exclude<AgentEnd, { readonly status: "read" }>): string {
  if ("failure" in result) return result.failure.message;
  return result.status === "cancelled" ? "it was stopped" : "the model did something else";
}

function finishedOf(run: RunContext, { why }: ProseRead, startedAt: number): RunFinished {
  const ended = [...run.state.units.values()].flatMap((record) =>
    record.status === "ended" ? [record.finished.outcome] : [],
  );
  const outcomes: Partial<Record<UnitFinished["outcome"], number>> = {};
  for (const outcome of ended) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  const halted = run.halt.because();
  const isStopped = run.signal.aborted ? 130 : why === undefined ? 0 : 4;
  return {
    kind: "run-finished",
    run: run.id,
    outcomes,
    exitCode: halted !== undefined ? 5 : ended.includes("failed") ? 1 : isStopped,
    merged: [],
    notMerged: [],
    spent: run.state.spent,
    durationMs: run.ports.clock.now() - startedAt,
    ...(halted === undefined ? {} : { failure: halted }),
  };
}
