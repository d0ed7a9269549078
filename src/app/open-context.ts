import { planBriefOf } from "../core/brief.ts";
import { createHistory } from "../core/history.ts";
import { createRunState } from "../core/schedule/run-state.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { CommitId, RunId, TaskId, UnitId } from "../model/ids.ts";
import type { PromptTexts } from "../model/plan-event.ts";
import type { Plan } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Unit } from "../model/unit.ts";
import type { Journal } from "../ports/journal.ts";
import { briefOfRepository } from "./brief-of-repository.ts";
import { createLookAhead } from "./fleet/look-ahead.ts";
import { createTidying } from "./fleet/tidying.ts";
import { createHalt } from "./halt.ts";
import { recordIn } from "./record.ts";
import type { RunContext, RunPorts, RunSettings } from "./run-context.ts";
import type { WorktreeShelf } from "./worktree-shelf.ts";

/** A plan that passed every check, with the exact text it was read from. */
export interface AcceptedPlan {
  readonly text: string;
  readonly plan: Plan;
  /** Absolute path of the folder that its prompt files are read from. */
  readonly promptsIn: string;
  /** What they said. */
  readonly prompts: PromptTexts;
}

/** What a run needs whether it starts or goes on. */
export interface ContextOptions {
  readonly id: RunId;
  readonly base: CommitId;
  readonly ports: RunPorts & { readonly journal: Journal };
  readonly settings: RunSettings;
  readonly signal: AbortSignal;
  readonly offline: boolean;
  /** The index of memory, the same for all agents of the run and for as long as it lives. */
  readonly memory: string;
  /**
   * Parses and checks plan text; the error text is for people and for the coordinator alike. Prompt files are read, but
   * for those whose text is known.
   */
  readonly checkPlan: (
    text: string,
    known?: Pick<AcceptedPlan, "promptsIn" | "prompts">,
  ) => Result<AcceptedPlan, string>;
  /** Adds tasks to a plan's text and checks the whole. */
  readonly growPlan: (text: string, tasks: unknown) => Result<GrownPlan, string>;
  /** Writes a plan beside the journal, for people. */
  readonly keepPlan: (accepted: AcceptedPlan) => Promise<void>;
  /** Shows the coordinator's plan; false ends the run before anything acts. */
  readonly confirm: (accepted: AcceptedPlan) => Promise<boolean>;
}

interface GrownPlan {
  readonly text: string;
  readonly plan: Plan;
  readonly added: readonly TaskId[];
}

/** A run's context, and what only its beginning may do with it. */
export interface OpenedContext {
  readonly context: RunContext;
  /** The plan that runs from now on; when it takes the place of another, what its tasks become that have units. Nothing is written down. */
  readonly takePlan: (accepted: AcceptedPlan, expanded?: Expansions) => void;
  /** Tasks that units added while the run went on. */
  readonly added: () => readonly TaskId[];
  /** The plan after `by` added tasks to it. Nothing is written down. */
  readonly takeGrowth: (by: UnitId, grown: GrownPlan) => void;
}

type ForContext = Pick<
  ContextOptions,
  "id" | "base" | "ports" | "settings" | "signal" | "memory" | "growPlan"
>;

export type Expansions = ReadonlyMap<TaskId, readonly Unit[]>;

export async function openContext(
  { id, base, ports, settings, signal, memory, growPlan }: ForContext,
  shelf: WorktreeShelf,
  before: { readonly earlier: RunContext["earlier"]; readonly booked: RunContext["booked"] } = {
    earlier: new Map(),
    booked: new Set(),
  },
): Promise<OpenedContext> {
  let planBrief = "";
  let text = "";
  const addedBy = new Map<UnitId, readonly TaskId[]>();
  const halt = createHalt();
  const state = createRunState(emptyPlan, await ports.files.durations());
  const record = recordIn({ ...ports, state, halt, id });
  const takeGrowth = (by: UnitId, grown: GrownPlan): void => {
    text = grown.text;
    addedBy.set(by, grown.added);
    state.grow(grown.plan);
  };
  const grow = async (by: UnitId, tasks: unknown): Promise<Result<readonly TaskId[]>> => {
    // A unit that is done once more after the run was cut off: what it added then may have been done meanwhile.
    const added = addedBy.get(by);
    if (added !== undefined) return ok(added);
    const grown = growPlan(text, tasks);
    if (!grown.ok) return err(unfit(by, grown.error));
    await record({ kind: "plan-grown", by, plan: grown.value.text, added: grown.value.added });
    takeGrowth(by, grown.value);
    return ok(grown.value.added);
  };
  const context: RunContext = {
    id,
    base,
    ports,
    settings,
    state,
    history: createHistory(base),
    tips: new Map(),
    ...before,
    shelf,
    lookAhead: createLookAhead(),
    tidying: createTidying(),
    baselines: new Map(),
    brief: await briefOfRepository(ports.workspace, base),
    memory,
    planBrief: () => planBrief,
    signal: AbortSignal.any([signal, halt.signal]),
    halt,
    record,
    grow,
  };
  const takePlan: OpenedContext["takePlan"] = ({ text: accepted, plan }, expanded) => {
    text = accepted;
    // As it was accepted: a plan that grows would change what its agents share.
    planBrief = planBriefOf(plan);
    if (expanded === undefined) state.grow(plan);
    else state.change(plan, expanded);
  };
  return { context, takePlan, takeGrowth, added: () => [...addedBy.values()].flat() };
}

function unfit(by: UnitId, detail: string): Failure {
  return failure("plan-invalid", `${by} returned tasks that do not fit the plan`, { detail });
}

const emptyPlan: Plan = {
  name: "",
  brief: "",
  vars: {},
  workspace: { repo: ".", deps: "hardlink" },
  budget: { perTask: {} },
  tasks: [],
};
