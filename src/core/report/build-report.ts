import type { CommandEnd } from "../../model/command-end.ts";
import type { FileConflict } from "../../model/conflict.ts";
import type { JournalEntry, RunEvent, RunFinished, UnitFinished } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import type { Spend } from "../../model/spend.ts";
import type { Outcome } from "../../model/unit.ts";
import {
  createProgress,
  elapsedMs,
  type GateProgress,
  type ProgressView,
} from "../progress/progress.ts";
import { candidatesOf, type ReportCandidate } from "./candidate-rows.ts";
import { publishedOf, type ReportPublish } from "./publish-rows.ts";
import { reposOfUnits } from "./repos-of-units.ts";
import { testsOfUnits, type UnitTests } from "./unit-tests.ts";
import { type ContextUse, noContextUse, usageOfUnits } from "./usage-of-units.ts";

export interface ReportUnit {
  readonly unit: string;
  readonly task: string;
  /** Of a batch run: the repository that it worked in. */
  readonly repo?: string;
  readonly outcome: Outcome;
  readonly merged: boolean;
  readonly reason?: string;
  readonly summary?: string;
  readonly openIssues: readonly string[];
  readonly files: number;
  readonly insertions: number;
  readonly deletions: number;
  readonly attempts: number;
  readonly durationMs: number;
  readonly spent: Spend;
  readonly context: ContextUse;
  /** Where its checks tell of tests. */
  readonly tests?: UnitTests;
  /** When several agents worked at it. */
  readonly candidates?: readonly ReportCandidate[];
  /** Of a task with a cache: whether its work was taken from there, and why or why not. */
  readonly cache?: { readonly hit: boolean; readonly reason: string };
  /** What became of it outside of the machine; absent where nothing was to be published. */
  readonly publish?: ReportPublish;
  /** Relative to the run's folder: work that was kept and not merged. */
  readonly patchFile?: string;
  readonly failure?: Failure;
}

export interface ReportCommand extends CommandEnd {
  readonly unit: string;
  readonly command: string;
  /** It judged work; otherwise it was the work. */
  readonly verify: boolean;
  readonly durationMs: number;
  /** Relative to the run's folder. */
  readonly log: string;
}

/** A run told in one piece; made from its journal alone, whether it has ended or not. */
export interface Report {
  readonly run: string;
  readonly name: string;
  readonly goal?: string;
  readonly repo: string;
  readonly base: string;
  readonly model: string;
  readonly offline: boolean;
  readonly shell: string;
  /** Undefined: the run is still going on, or its process is gone. */
  readonly finished?: RunFinished;
  /** Units, and tasks without any, that have ended so far. */
  readonly outcomes: ProgressView["outcomes"];
  readonly units: readonly ReportUnit[];
  /** Started and not ended: at work, or lost with the run's process. */
  readonly open: readonly string[];
  /** Tasks that ended without a unit. */
  readonly tasks: readonly {
    readonly task: string;
    readonly outcome: Outcome;
    readonly reason: string;
  }[];
  /** Gates that were reached, and what was said of them. */
  readonly gates: readonly GateProgress[];
  /** In the order they ended. */
  readonly commands: readonly ReportCommand[];
  /** Verify commands on the untouched base. */
  readonly baselines: readonly Extract<RunEvent, { kind: "baseline-taken" }>[];
  /** What tests said in the end of each unit's work, and of each command. */
  readonly tests: readonly ReportTests[];
  readonly conflicts: readonly {
    readonly patch: string;
    readonly files: readonly FileConflict[];
    readonly resolved: boolean;
  }[];
  /** Calls of agents that the gate did not let through, each once. */
  readonly refusals: readonly ReportRefusal[];
  readonly spent: Spend;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly durationMs: number;
}

export type ReportTests = Extract<RunEvent, { kind: "tests-compared" }>;

export interface ReportRefusal {
  readonly unit: UnitId;
  readonly tool: string;
  /** The path, command or address, one line. */
  readonly about: string;
  readonly reason: string;
  readonly rule?: string;
  /** The narrowest rule that would have allowed it. */
  readonly suggestion?: string;
  readonly times: number;
}

export function buildReport(entries: readonly JournalEntry[]): Report {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  const { view } = progress;
  const events = entries.map((entry) => entry.event);
  const started = all(events, "run-started")[0];
  const { finished } = view;
  const usage = usageOfUnits(events);
  const candidates = candidatesOf(events);
  const published = publishedOf(events);
  const baselines = all(events, "baseline-taken");
  const tests = testsOf(events);
  const unitTests = testsOfUnits({ baselines, tests });
  const merged = new Set<UnitId>(finished?.merged ?? []);
  const cached = cachedOf(events);
  const repos = reposOfUnits(events);
  return {
    run: view.run,
    name: view.name,
    ...(started?.goal === undefined ? {} : { goal: started.goal }),
    repo: started?.repo ?? "",
    base: started?.base ?? "",
    model: started?.model ?? "",
    offline: view.offline,
    shell: started?.shell ?? "look-only",
    ...(finished === undefined ? {} : { finished }),
    outcomes: finished?.outcomes ?? view.outcomes,
    units: lastEnds(events).map((event) => ({
      ...toUnit(event, merged),
      ...repoIn(repos.get(event.unit)),
      context: usage.get(event.unit) ?? noContextUse,
      ...candidatesIn(candidates.get(event.unit)),
      ...cached.get(event.unit),
      ...publishIn(published.get(event.unit)),
      ...testsIn(unitTests.get(event.unit)),
    })),
    open: [...view.running],
    tasks: lastTaskEnds(events)
      .filter(({ task }) => view.endedTasks.has(task))
      .map(({ task, outcome, reason }) => ({ task, outcome, reason })),
    gates: [...view.gates.values()],
    commands: commandsOf(events),
    baselines,
    tests,
    conflicts: conflictsOf(events),
    refusals: refusalsOf(events),
    spent: view.spent,
    startedAt: view.startedAt,
    endedAt: view.at,
    durationMs: elapsedMs(view, view.at),
  };
}

function repoIn(repo: string | undefined): Pick<ReportUnit, "repo"> {
  return repo === undefined ? {} : { repo };
}

function candidatesIn(
  candidates: readonly ReportCandidate[] | undefined,
): Pick<ReportUnit, "candidates"> {
  return candidates === undefined ? {} : { candidates };
}

function publishIn(publish: ReportPublish | undefined): Pick<ReportUnit, "publish"> {
  return publish === undefined ? {} : { publish };
}

function testsIn(tests: UnitTests | undefined): Pick<ReportUnit, "tests"> {
  return tests === undefined ? {} : { tests };
}

type Kind = RunEvent["kind"];

function all<K extends Kind>(
  events: readonly RunEvent[],
  kind: K,
): readonly Extract<RunEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
}

/** A unit that was ended with its run ends once more when the run goes on: the last word counts. */
function lastEnds(events: readonly RunEvent[]): readonly UnitFinished[] {
  return [...new Map(all(events, "unit-finished").map((event) => [event.unit, event])).values()];
}

function lastTaskEnds(
  events: readonly RunEvent[],
): readonly Extract<RunEvent, { kind: "task-ended" }>[] {
  return [...new Map(all(events, "task-ended").map((event) => [event.task, event])).values()];
}

/** The last word on each unit. */
function cachedOf(
  events: readonly RunEvent[],
): ReadonlyMap<UnitId, Required<Pick<ReportUnit, "cache">>> {
  return new Map(
    events.flatMap((event) =>
      event.kind === "cache-hit" || event.kind === "cache-miss"
        ? [[event.unit, { cache: { hit: event.kind === "cache-hit", reason: event.reason } }]]
        : [],
    ),
  );
}

function toUnit(
  event: UnitFinished,
  merged: ReadonlySet<UnitId>,
): Omit<ReportUnit, "context" | "cache"> {
  const { reason, summary, patchFile, failure } = event;
  return {
    unit: event.unit,
    task: event.task,
    outcome: event.outcome,
    merged: merged.has(event.unit),
    ...(reason === undefined ? {} : { reason }),
    ...(summary === undefined ? {} : { summary }),
    openIssues: event.openIssues ?? [],
    files: event.patch?.files.length ?? 0,
    insertions: event.patch?.insertions ?? 0,
    deletions: event.patch?.deletions ?? 0,
    attempts: event.attempt,
    durationMs: event.durationMs,
    spent: event.spent,
    ...(patchFile === undefined ? {} : { patchFile }),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** A command that ends while its unit is being verified is one that verifies. */
function commandsOf(events: readonly RunEvent[]): readonly ReportCommand[] {
  const verifying = new Set<UnitId>();
  return events.flatMap((event) => {
    if (event.kind === "unit-started") verifying.delete(event.unit);
    if (event.kind === "unit-state") {
      if (event.state === "verifying") verifying.add(event.unit);
      else verifying.delete(event.unit);
    }
    if (event.kind !== "command-finished") return [];
    const { kind: _, ...command } = event;
    return [{ ...command, verify: verifying.has(event.unit) }];
  });
}

function testsOf(events: readonly RunEvent[]): readonly ReportTests[] {
  const last = new Map<string, ReportTests>();
  for (const told of all(events, "tests-compared"))
    last.set(JSON.stringify([told.unit, told.command]), told);
  return [...last.values()];
}

function refusalsOf(events: readonly RunEvent[]): Report["refusals"] {
  const found = new Map<string, ReportRefusal>();
  for (const { unit, event } of all(events, "agent")) {
    if (event.kind !== "refused") continue;
    const { tool, about, reason, rule, suggestion } = event;
    const key = JSON.stringify([unit, tool, about]);
    const times = (found.get(key)?.times ?? 0) + 1;
    found.set(key, {
      unit,
      tool,
      about,
      reason,
      times,
      ...(rule === undefined ? {} : { rule }),
      ...(suggestion === undefined ? {} : { suggestion }),
    });
  }
  return [...found.values()];
}

function conflictsOf(events: readonly RunEvent[]): Report["conflicts"] {
  const resolved = new Set(
    all(events, "patch-merged").flatMap((event) => (event.resolved ? [event.patch] : [])),
  );
  return all(events, "conflict-found").map(({ patch, files }) => ({
    patch,
    files,
    resolved: resolved.has(patch),
  }));
}
