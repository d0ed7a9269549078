import { book } from "../core/resume/booked.ts";
import type { AgentResult, Role } from "../model/contract.ts";
import { failure } from "../model/failure.ts";
import { addSpend, noSpend } from "../model/spend.ts";
import type { ResolvedAgentSpec, Unit } from "../model/unit.ts";
import type { JudgeDelivery } from "../ports/questions.ts";
import { isMachineToBlame } from "./blame-surroundings.ts";
import { contractFor } from "./contract-for.ts";
import type { RunContext } from "./run-context.ts";

export interface AgentTask {
  readonly unit: Unit;
  readonly attempt: number;
  readonly role: Role;
  readonly spec: ResolvedAgentSpec;
  readonly root: string;
  readonly outDir: string;
  readonly signal: AbortSignal;
  readonly feedback?: string;
  readonly candidate?: number;
  /** It may look at its worktree, and change nothing. */
  readonly looksOnly?: boolean;
  /** Asked when it submits; undefined: whatever it submits is taken. */
  readonly judge?: JudgeDelivery;
  /** Tells apart several agents of one attempt: the reducer has one a conflict. */
  readonly name?: string;
}

/** How the last agent of a task ended: none is left to hand its work over to. */
export type AgentEnd = Exclude<AgentResult, { readonly status: "exhausted" }> & LastSeen;

interface LastSeen {
  /** The model's server could not be reached when last it was asked. */
  readonly isUnreachable: boolean;
}

/** Agents that may go on with the work of one whose context was full (issue 4). */
const handoffsMax = 2;

/**
 * Runs one agent of a unit through the pool. One whose context is full hands over to a fresh one in the same worktree;
 * when that does not help, the task is too large.
 */
export async function runAgent(run: RunContext, task: AgentTask): Promise<AgentEnd> {
  let spent = noSpend;
  let { feedback } = task;
  for (let handoffs = 0; ; handoffs += 1) {
    const result = await runOne(run, { ...task, ...(feedback === undefined ? {} : { feedback }) });
    spent = addSpend(spent, result.spent);
    if (result.status !== "exhausted") return { ...result, spent };
    if (handoffs === handoffsMax) {
      return {
        status: "failed",
        failure: failure("model", `the contexts of ${handoffsMax + 1} agents in a row were full`, {
          hint: "split the task into smaller units",
        }),
        spent,
        isUnreachable: false,
      };
    }
    feedback = [task.feedback ?? "", result.handoff].filter((text) => text !== "").join("\n\n");
  }
}

/** Its events go to the journal as they come. */
async function runOne(run: RunContext, options: AgentTask): Promise<AgentResult & LastSeen> {
  const { unit, attempt, signal, judge } = options;
  const noted: Promise<void>[] = [];
  let found = noSpend;
  let isUnreachable = false;
  const transcript = await run.ports.files.transcriptFile(unit.id, attempt, options.name ?? "");
  const window = await run.ports.modelWindow(
    options.spec.model ?? run.settings.models[options.role],
  );
  const base = run.ports.workspace.at(options.root)?.base ?? run.base;
  const contract = contractFor(run, { ...options, base, transcript, window });
  const agent = { kind: "agent", unit: unit.id, attempt } as const;
  const ended = await run.ports.pool.run(contract, {
    signal,
    onReserved: (cost) => run.record({ ...agent, event: { kind: "reserved", ...cost } }),
    ...(judge === undefined ? {} : { judge }),
    // Not awaited one by one: telling what an agent does must not slow it down. All are on disk before its result counts.
    onEvent: (event) => {
      found = addSpend(found, book(run.booked, event));
      if (event.kind === "api-retry") isUnreachable = event.unreachable === true;
      if (event.kind === "spent") isUnreachable = false;
      const note = run.record({ ...agent, event });
      void note.catch(() => undefined);
      noted.push(note);
    },
  });
  await Promise.all(noted);
  const result = { ...ended, spent: addSpend(ended.spent, found), isUnreachable };
  if (result.status !== "failed" || !(await isMachineToBlame(run, result.failure))) return result;
  return { status: "cancelled", spent: result.spent, isUnreachable };
}
