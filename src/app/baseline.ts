import type { Baseline } from "../core/test-report/baseline.ts";
import type { Failure } from "../model/failure.ts";
import type { UnitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { baselineKey, baselineName, keepBaseline } from "./kept-baseline.ts";
import { commandEndOf, commandFailure, type CommandPlace, runAsUnit } from "./run-command.ts";
import type { BaselineContext } from "./run-context.ts";
import { withTestReport } from "./test-report-of.ts";

/**
 * Runs a verify command on the base that the run began with; once, however many units have it. What kept it from being run
 * passes: whoever asks next has it run again.
 */
export async function baselineOf(
  run: BaselineContext,
  place: CommandPlace,
  script: string,
): Promise<Result<Baseline>> {
  const key = baselineKey({ unit: place.unit, script });
  const known = run.baselines.get(key) ?? takeOnce(run, place, { script, key });
  run.baselines.set(key, known);
  const taken = await known;
  // It was run in the time of another unit, which is up.
  const isAnothers = !taken.ok && taken.error.kind === "cancelled" && !place.signal.aborted;
  return isAnothers ? baselineOf(run, place, script) : taken;
}

async function takeOnce(
  run: BaselineContext,
  place: CommandPlace,
  asked: { readonly script: string; readonly key: string },
): Promise<Result<Baseline>> {
  const taken = await takeBaseline(run, place, asked.script);
  if (taken.ok) {
    await keepBaseline(run, { unit: place.unit, script: asked.script }, taken.value);
    return taken;
  }
  run.baselines.delete(asked.key);
  await run.record({
    kind: "baseline-missed",
    command: shortOf(asked.script),
    reason: taken.error.message,
  });
  return taken;
}

async function takeBaseline(
  run: BaselineContext,
  { unit, signal }: CommandPlace,
  script: string,
): Promise<Result<Baseline>> {
  const { files } = run.ports;
  const name = baselineName({ unit, script }) as UnitId;
  const opened = await run.shelf.lend(run.base, { name, deps: run.settings.deps });
  if (!opened.ok) return opened;
  await using worktree = opened.value;
  const place = { unit, cwd: worktree.path, outDir: await files.makeOutDir(name, 1), signal };
  const { outcome, report } = await withTestReport(run, place, () =>
    runAsUnit(run, place, { script }),
  );
  const failure = commandFailure(script, outcome, place.cwd);
  if (outcome.kind === "refused" || outcome.kind === "lost" || outcome.kind === "cancelled")
    return err(notRun(failure));
  const { passed, failed, skipped } = report ?? {};
  await run.record({
    kind: "baseline-taken",
    ...(unit.repository === undefined ? {} : { unit: unit.id }),
    command: shortOf(script),
    ...commandEndOf(outcome),
    durationMs: outcome.durationMs,
    log: outcome.output === "" ? "" : await files.writeLog(name, outcome.output),
    ...(passed === undefined || failed === undefined || skipped === undefined
      ? {}
      : { passed, failed, skipped }),
  });
  return ok({ isGreen: failure === undefined, failure, report });
}

function notRun(failure: Failure | undefined): Failure {
  if (failure === undefined) throw new Error("Internal error: a command that was not run is green");
  return failure;
}

function shortOf(script: string): string {
  return script.trim().slice(0, 200);
}
