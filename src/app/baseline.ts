import type { Baseline } from "../core/test-report/baseline.ts";
import type { UnitId } from "../model/ids.ts";
import { commandFailure, type CommandPlace, runAsUnit } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";
import { withTestReport } from "./test-report-of.ts";

/** Runs a verify command on the base that the run began with; once, however many units have it. */
export function baselineOf(
  run: RunContext,
  place: CommandPlace,
  script: string,
): Promise<Baseline> {
  const { files, env } = place.unit;
  const key = JSON.stringify([
    script,
    files,
    Object.entries(env).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);
  const known = run.baselines.get(key);
  if (known !== undefined) return known;
  const taken = takeBaseline(run, place, { script, number: run.baselines.size + 1 });
  run.baselines.set(key, taken);
  return taken;
}

const nothingKnown: Baseline = { isGreen: false, failure: undefined, report: undefined };

async function takeBaseline(
  run: RunContext,
  { unit, signal }: CommandPlace,
  { script, number }: { readonly script: string; readonly number: number },
): Promise<Baseline> {
  const { workspace, files } = run.ports;
  // Of a batch run each repository has its own.
  const whose = unit.repository === undefined ? "" : `${unit.id}-`;
  const name = `${whose}baseline-${number}` as UnitId;
  const opened = await workspace.open(run.base, { name, deps: run.settings.deps });
  if (!opened.ok) return nothingKnown;
  await using worktree = opened.value;
  const place = { unit, cwd: worktree.path, outDir: await files.makeOutDir(name, 1), signal };
  const { outcome, report } = await withTestReport(run, place, () =>
    runAsUnit(run, place, { script }),
  );
  if (outcome.kind === "refused" || outcome.kind === "lost") return nothingKnown;
  const { passed, failed, skipped } = report ?? {};
  await run.record({
    kind: "baseline-taken",
    command: script.trim().slice(0, 200),
    exitCode: outcome.kind === "exited" ? outcome.exitCode : -1,
    durationMs: outcome.durationMs,
    log: outcome.output === "" ? "" : await files.writeLog(name, outcome.output),
    ...(passed === undefined || failed === undefined || skipped === undefined
      ? {}
      : { passed, failed, skipped }),
  });
  const failure = commandFailure(script, outcome, place.cwd);
  return { isGreen: failure === undefined, failure, report };
}
