import { callsIn, type MadeCall, outcomeLine } from "./calls.ts";
import type { ContextEntry } from "./entry.ts";

export interface EditedFile {
  readonly path: string;
  readonly times: number;
  /** Index of the entry with the last change. */
  readonly at: number;
}

/** A command that failed the last time it ran. */
export interface OpenError {
  readonly command: string;
  readonly line: string;
  readonly count: number;
  readonly at: number;
}

/** How far the agent's own plan has come. */
export interface Frontier {
  readonly done: readonly string[];
  readonly doing: string;
  readonly next: readonly string[];
}

/** What code keeps of an agent's work, so that no model has to remember it. */
export interface Ledger {
  readonly edited: readonly EditedFile[];
  readonly openErrors: readonly OpenError[];
  readonly decisions: readonly string[];
  readonly frontier: Frontier;
  /** Indexes of the entries at which a step of the agent's own plan was done; undefined when it keeps no plan. */
  readonly stepEnds: readonly number[] | undefined;
}

const editing: ReadonlySet<string> = new Set(["Write", "Edit", "Codemod"]);

export function ledgerOf(entries: readonly ContextEntry[]): Ledger {
  const edited = new Map<string, EditedFile>();
  const errors = new Map<string, OpenError>();
  const decisions: string[] = [];
  let frontier: Frontier = { done: [], doing: lastSaid(entries), next: [] };
  let stepEnds: number[] | undefined;
  for (const call of callsIn(entries, { from: 0, to: entries.length - 1 })) {
    if (editing.has(call.tool) && !call.isError) noteEdit(edited, call);
    else if (call.tool === "Bash") noteCommand(errors, call);
    else if (call.tool === "Remember" && call.input["kind"] === "decision")
      decisions.push(String(call.input["note"]));
    else if (call.tool === "TodoWrite" && !call.isError) {
      const now = frontierOf(call.input["todos"]);
      stepEnds ??= [];
      if (now.done.length > frontier.done.length) stepEnds.push(call.at);
      frontier = now;
    }
  }
  const byAge = { edited: [...edited.values()], openErrors: [...errors.values()] };
  return { ...byAge, decisions, frontier, stepEnds };
}

function noteEdit(edited: Map<string, EditedFile>, { about: path, at }: MadeCall): void {
  const times = (edited.get(path)?.times ?? 0) + 1;
  // Newest last.
  edited.delete(path);
  edited.set(path, { path, times, at });
}

function noteCommand(errors: Map<string, OpenError>, { about, text, isError, at }: MadeCall): void {
  const count = (errors.get(about)?.count ?? 0) + 1;
  errors.delete(about);
  if (isError) errors.set(about, { command: about, line: outcomeLine(text), count, at });
}

function frontierOf(todos: unknown): Frontier {
  const items = (Array.isArray(todos) ? todos : []) as readonly {
    readonly content?: unknown;
    readonly status?: unknown;
  }[];
  const of = (status: string): readonly string[] =>
    items.filter((item) => item.status === status).map((item) => String(item.content));
  return {
    done: of("completed"),
    doing: of("in_progress").join("; "),
    next: of("pending"),
  };
}

/** An agent without a plan is where its last words say it is. */
function lastSaid(entries: readonly ContextEntry[]): string {
  const said = entries
    .filter((entry) => entry.kind === "reply")
    .flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.type === "text" ? [block.text] : [])),
    );
  return (said.at(-1)?.split("\n")[0] ?? "").slice(0, 300).toWellFormed();
}
