import { availableParallelism } from "node:os";

import type { RunSettings } from "../app/run-context.ts";
import { defaultModels } from "../core/models.ts";
import { durationMs } from "../core/plan/duration.ts";
import type { ShellMode } from "../model/contract.ts";
import type { Permissions } from "../model/permission.ts";
import type { Budget, Plan } from "../model/plan.ts";
import { isOnPath } from "./is-on-path.ts";
import type { RunOptions } from "./options.ts";

/** Agents wait for the model most of the time, so more of them than cores is right; the API's own limits come first. */
const agentsDefault = 8;
/** Turns after which an agent has lost its way. */
const turnsDefault = 60;
const maxOutputTokens = 16_000;
/** Longest a single command of an agent may take; a task's verify commands have the task's own time. */
const commandMs = 10 * 60_000;

/** The options that the settings are made of, whichever command they came from. */
type Asked = Pick<RunOptions, "budgetUsd" | "model"> &
  Partial<Pick<RunOptions, "budgetTokens" | "budgetWall" | "cache">> &
  Partial<Pick<RunOptions, "maxAgents" | "set" | "publish" | "dryRun">>;

export function agentsMaxOf(options: Asked, plan: Plan | undefined): number {
  return options.maxAgents ?? plan?.concurrencyMax ?? agentsDefault;
}

/**
 * Commands keep processors busy, so as many as there are of those run at a time; more only where a plan asks for it by the
 * `max-parallel` of a task that is commands alone.
 */
export function commandsMaxOf(options: Asked, plan: Plan | undefined): number {
  const asked = (plan?.tasks ?? []).flatMap(({ action, matrix }) => {
    const max = matrix?.maxParallel ?? Number.MAX_SAFE_INTEGER;
    const isCommands = action.kind === "run" || action.kind === "steps";
    return isCommands && max < Number.MAX_SAFE_INTEGER ? [max] : [];
  });
  return Math.max(
    availableParallelism(),
    Math.min(agentsMaxOf(options, plan), Math.max(...asked, 1)),
  );
}

export function settingsOf(
  options: Asked,
  at: {
    readonly plan: Plan | undefined;
    readonly shell: ShellMode;
    readonly permissions: Permissions;
  },
): RunSettings {
  const { model, set = {} } = options;
  return {
    unitsMax: agentsMaxOf(options, at.plan),
    shell: at.shell,
    permissions: at.permissions,
    models:
      model === undefined
        ? defaultModels
        : { coordinator: model, worker: model, reducer: model, reader: model },
    maxOutputTokens,
    budget: budgetOf(options),
    turnsMax: turnsDefault,
    commandMs,
    vars: set,
    deps: deps(at),
    readsCache: options.cache ?? true,
    only: [],
    repos: [],
    publish: options.dryRun === true ? "dry-run" : options.publish === true ? "yes" : "no",
    hasMergiraf: isOnPath("mergiraf"),
  };
}

/** What the person at the command line allows, beside what the plan does. */
export function budgetOf({ budgetUsd, budgetTokens, budgetWall }: Asked): Budget {
  const wallMs = budgetWall === undefined ? undefined : durationMs(budgetWall);
  return {
    ...(budgetUsd === undefined ? {} : { usd: budgetUsd }),
    ...(budgetTokens === undefined ? {} : { tokens: budgetTokens }),
    ...(wallMs === undefined ? {} : { wallMs }),
  };
}

/** Hard links are safe only where the sandbox mounts them read-only: otherwise a command could write through them. */
function deps(at: {
  readonly plan: Plan | undefined;
  readonly shell: ShellMode;
}): RunSettings["deps"] {
  const asked = at.plan?.workspace.deps ?? "hardlink";
  return asked === "hardlink" && at.shell === "unsandboxed" ? "copy" : asked;
}
