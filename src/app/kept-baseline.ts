import { hashOf } from "../core/hash-of.ts";
import type { Baseline } from "../core/test-report/baseline.ts";
import type { Unit } from "../model/unit.ts";
import type { BaselineContext } from "./run-context.ts";

/** A verify command as it is asked of the base. */
export interface AskedOfBase {
  readonly unit: Unit;
  readonly script: string;
}

/** All of a unit that a command's end hangs on. */
export function baselineKey({ unit: { files, env }, script }: AskedOfBase): string {
  return JSON.stringify([
    script,
    files,
    Object.entries(env).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
}

/** Of a batch run each repository has its own. */
export function baselineName(asked: AskedOfBase): string {
  const { repository, id } = asked.unit;
  const whose = repository === undefined ? "" : `${id}-`;
  return `${whose}baseline-${hashOf(baselineKey(asked)).toString(16)}`;
}

/**
 * What an earlier process of this run found the base to be, when that was green: for a verdict that lets work pass. Whoever is about to
 * blame somebody, begins work only on a green base, or finds it red, asks anew: the machine may have been mended, or have lost something, since.
 */
export async function keptBaseline(
  run: BaselineContext,
  asked: AskedOfBase,
): Promise<Baseline | undefined> {
  if (!run.settings.readsCache || run.baselines.has(baselineKey(asked))) return undefined;
  const kept = await run.ports.files.keptBaseline(baselineName(asked));
  if (kept?.of !== whatItHangsOn(run, asked)) return undefined;
  const { report } = kept;
  return {
    isGreen: true,
    failure: undefined,
    report: report === undefined ? undefined : { ...report, tests: new Map(report.tests) },
  };
}

/** It only saves time: what cannot be kept is asked for again. */
export async function keepBaseline(
  run: BaselineContext,
  asked: AskedOfBase,
  { isGreen, report }: Baseline,
): Promise<void> {
  if (!isGreen) return;
  const kept = {
    of: whatItHangsOn(run, asked),
    ...(report === undefined ? {} : { report: { ...report, tests: [...report.tests] } }),
  };
  await run.ports.files.keepBaseline(baselineName(asked), kept).catch(() => undefined);
}

function whatItHangsOn({ base, settings, state }: BaselineContext, asked: AskedOfBase): string {
  const { setup = "" } = state.plan.workspace;
  return JSON.stringify([base, settings.shell, settings.deps, setup, baselineKey(asked)]);
}
