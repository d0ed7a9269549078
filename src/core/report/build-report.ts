import type { JournalEntry, RunEvent, RunFinished, UnitFinished } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import { noSpend, type Spend } from "../../model/spend.ts";
import type { Outcome } from "../../model/unit.ts";

export interface ReportUnit {
  readonly unit: string;
  readonly outcome: Outcome;
  readonly merged: boolean;
  readonly reason?: string;
  readonly summary?: string;
  readonly openIssues: readonly string[];
  readonly files: number;
  readonly attempts: number;
  readonly durationMs: number;
  readonly spent: Spend;
  readonly patchFile?: string;
  readonly detail?: string;
}

export interface ReportCommand {
  readonly unit: string;
  readonly command: string;
  readonly exitCode: number;
  readonly durationMs: number;
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
  readonly units: readonly ReportUnit[];
  /** Commands of verify steps and of plans, in the order they ended. */
  readonly commands: readonly ReportCommand[];
  readonly conflicts: readonly {
    readonly patch: string;
    readonly files: readonly string[];
    readonly resolved: boolean;
  }[];
  readonly startedAt: number;
  readonly endedAt: number;
}

export function buildReport(entries: readonly JournalEntry[]): Report {
  const events = entries.map((entry) => entry.event);
  const started = first(events, "run-started");
  const finished = first(events, "run-finished");
  const merged = new Set<UnitId>(finished?.merged ?? []);
  return {
    run: started?.run ?? "",
    name: started?.name ?? "",
    ...(started?.goal === undefined ? {} : { goal: started.goal }),
    repo: started?.repo ?? "",
    base: started?.base ?? "",
    model: started?.model ?? "",
    offline: started?.offline ?? false,
    shell: started?.shell ?? "off",
    ...(finished === undefined ? {} : { finished }),
    units: all(events, "unit-finished").map((event) => toUnit(event, merged)),
    commands: all(events, "command-finished").map(({ kind: _, ...command }) => command),
    conflicts: conflictsOf(events),
    startedAt: entries[0]?.at ?? 0,
    endedAt: entries.at(-1)?.at ?? 0,
  };
}

type Kind = RunEvent["kind"];

function all<K extends Kind>(
  events: readonly RunEvent[],
  kind: K,
): readonly Extract<RunEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<RunEvent, { kind: K }> => event.kind === kind);
}

function first<K extends Kind>(
  events: readonly RunEvent[],
  kind: K,
): Extract<RunEvent, { kind: K }> | undefined {
  return all(events, kind)[0];
}

function toUnit(event: UnitFinished, merged: ReadonlySet<UnitId>): ReportUnit {
  const { reason, summary, patchFile, failure } = event;
  return {
    unit: event.unit,
    outcome: event.outcome,
    merged: merged.has(event.unit),
    ...(reason === undefined ? {} : { reason }),
    ...(summary === undefined ? {} : { summary }),
    openIssues: event.openIssues ?? [],
    files: event.patch?.files.length ?? 0,
    attempts: event.attempt,
    durationMs: event.durationMs,
    spent: event.spent ?? noSpend,
    ...(patchFile === undefined ? {} : { patchFile }),
    ...(failure?.detail === undefined ? {} : { detail: failure.detail }),
  };
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
