import {
  type Cap,
  type Contract,
  type Role,
  type ToolName,
  toolNameSchema,
} from "../model/contract.ts";
import type { UnitId } from "../model/ids.ts";
import { successOutcomes, type ResolvedAgentSpec, type Unit } from "../model/unit.ts";
import { envOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";

const readOnlyTools: readonly ToolName[] = [
  "Read",
  "Glob",
  "Grep",
  "ArtifactRead",
  "MemoryRead",
  "Submit",
];
/** WebFetch comes only with hosts that were granted. */
const allTools = toolNameSchema.options.filter((name) => name !== "WebFetch");

/** Everything an agent is told and allowed: the contract, and nothing else of the run. */
export function contractFor(
  run: RunContext,
  options: {
    readonly unit: Unit;
    readonly attempt: number;
    readonly role: Role;
    readonly spec: ResolvedAgentSpec;
    readonly root: string;
    readonly base: string;
    readonly outDir: string;
    readonly transcript: string;
    readonly window: Contract["window"];
    readonly feedback?: string;
    readonly candidate?: number;
    readonly looksOnly?: boolean;
  },
): Contract {
  const { unit, spec, role } = options;
  const { settings } = run;
  const { permissions } = settings;
  const looksOnly = role === "coordinator" || options.looksOnly === true;
  const working = looksOnly ? readOnlyTools : toolsUnder(permissions);
  const tools: readonly ToolName[] = role === "reader" ? ["Submit"] : working;
  return {
    runId: run.id,
    unitId: unit.id,
    attempt: options.attempt,
    ...candidateOf(unit, options.candidate),
    role,
    goal: spec.prompt,
    root: options.root,
    base: options.base,
    outDir: options.outDir,
    transcript: options.transcript,
    scope: { write: [...spec.write] },
    checks: unit.verify.flatMap((step) => (step.kind === "run" ? [step.run] : [])),
    upstream: upstreamOf(run, unit),
    brief: run.brief,
    memory: run.memory,
    plan: run.planBrief(),
    ...(options.feedback === undefined ? {} : { feedback: options.feedback }),
    tools: [...tools],
    shell: settings.shell,
    permissions,
    files: [...unit.files],
    env: { ...envOf(unit) },
    model: spec.model ?? settings.models[role],
    maxOutputTokens: settings.maxOutputTokens,
    window: options.window,
    caps: [...capsOf(run, unit, spec)],
    priority: 4 * run.state.urgencyOf(unit),
    limits: {
      turns: smallest([unit.budget.turns, spec.budget.turns]) ?? settings.turnsMax,
      commandMs: settings.commandMs,
    },
  };
}

function toolsUnder({ rules }: Contract["permissions"]): readonly ToolName[] {
  const reaches = rules.some(
    ({ decision, rule }) => decision === "allow" && rule.startsWith("WebFetch"),
  );
  return reaches ? toolNameSchema.options : allTools;
}

function candidateOf({ action }: Unit, number: number | undefined): Pick<Contract, "candidate"> {
  const of = action.kind === "agent" ? (action.candidates ?? 1) : 1;
  return number === undefined ? {} : { candidate: { number, of } };
}

/** Names of caps, as people read them and as spending is booked under them. */
export const runCap = "the run";
export function unitCap(unit: UnitId): string {
  return `unit ${unit}`;
}

/** Of the whole run, and of the unit over all its attempts and agents. */
function capsOf(run: RunContext, unit: Unit, spec: ResolvedAgentSpec): readonly Cap[] {
  const { settings, state } = run;
  const caps = [
    { name: runCap, of: [settings.budget, state.plan.budget] },
    { name: unitCap(unit.id), of: [unit.budget, spec.budget] },
  ];
  return caps.flatMap(({ name, of }) => {
    const usd = smallest(of.map((budget) => budget.usd));
    const tokens = smallest(of.map((budget) => budget.tokens));
    if (usd === undefined && tokens === undefined) return [];
    return [
      {
        name,
        ...(usd === undefined ? {} : { usd }),
        ...(tokens === undefined ? {} : { tokens }),
      },
    ];
  });
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** Declared outputs and summaries of the needed units: all that one agent learns of another. */
function upstreamOf(run: RunContext, unit: Unit): Contract["upstream"] {
  return unit.needs.flatMap((need) => {
    const known = run.state.tasks.get(need);
    if (known?.status !== "expanded") return [];
    return known.units.flatMap((id) => {
      const record = run.state.units.get(id);
      if (record?.status !== "ended" || !successOutcomes.has(record.finished.outcome)) return [];
      const { summary = "", outputs } = record.finished;
      return summary === "" && Object.keys(outputs).length === 0
        ? []
        : [{ unit: id, summary, outputs: { ...outputs } }];
    });
  });
}
