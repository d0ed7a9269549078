import { type Contract, type Role, type ToolName, toolNameSchema } from "../model/contract.ts";
import { successOutcomes, type ResolvedAgentSpec, type Unit } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";

const readOnlyTools: readonly ToolName[] = ["Read", "Glob", "Grep", "ArtifactRead", "Submit"];
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
    readonly outDir: string;
    readonly transcript: string;
    readonly window: Contract["window"];
    readonly feedback?: string;
  },
): Contract {
  const { unit, spec, role } = options;
  const { settings } = run;
  const { permissions } = settings;
  const reaches = permissions.rules.some(
    ({ decision, rule }) => decision === "allow" && rule.startsWith("WebFetch"),
  );
  const tools =
    role === "coordinator" ? readOnlyTools : reaches ? toolNameSchema.options : allTools;
  return {
    runId: run.id,
    unitId: unit.id,
    attempt: options.attempt,
    role,
    goal: spec.prompt,
    root: options.root,
    outDir: options.outDir,
    transcript: options.transcript,
    scope: { write: [...spec.write] },
    checks: unit.verify.flatMap((step) => (step.kind === "run" ? [step.run] : [])),
    upstream: upstreamOf(run, unit),
    brief: run.brief,
    ...(options.feedback === undefined ? {} : { feedback: options.feedback }),
    tools: [...tools],
    shell: settings.shell,
    permissions,
    env: { ...unit.env },
    model: spec.model ?? settings.models[role],
    maxOutputTokens: settings.maxOutputTokens,
    window: options.window,
    limits: limitsOf(run, unit, spec),
  };
}

function limitsOf(run: RunContext, unit: Unit, spec: ResolvedAgentSpec): Contract["limits"] {
  const { settings, state } = run;
  const usd = smallest([
    unit.budget.usd,
    spec.budget.usd,
    left(settings.budget.usd, state.spent.usd),
    left(state.plan.budget.usd, state.spent.usd),
  ]);
  const tokens = smallest([unit.budget.tokens, spec.budget.tokens]);
  return {
    turns: smallest([unit.budget.turns, spec.budget.turns]) ?? settings.turnsMax,
    ...(usd === undefined ? {} : { usd }),
    ...(tokens === undefined ? {} : { tokens }),
    commandMs: settings.commandMs,
  };
}

function smallest(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/** What is left of a cap; a hair above zero when nothing is, since a contract's cap must be positive. */
function left(cap: number | undefined, spent: number): number | undefined {
  return cap === undefined ? undefined : Math.max(cap - spent, Number.EPSILON);
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
