import type { Baseline } from "../core/test-report/baseline.ts";
import { compareReports, type TestComparison } from "../core/test-report/compare-reports.ts";
import type { TestReport } from "../core/test-report/test-report.ts";
import { type Failure, failure } from "../model/failure.ts";
import { baselineOf } from "./baseline.ts";
import { commandFailure, type CommandPlace, runCommandOf } from "./run-command.ts";
import type { RunContext } from "./run-context.ts";
import { withTestReport } from "./test-report-of.ts";

/** What a verify command came to. */
export interface Judged {
  /** Undefined: green. */
  readonly red: Failure | undefined;
  /** Of its tests, when it tells of any. */
  readonly report: TestReport | undefined;
  /** The same of the untouched base. */
  readonly baseline: TestReport | undefined;
}

/** Names that a journal's line has. */
const namesMax = 20;

/**
 * Runs a verify command. When it tells of its tests, the verdict is a comparison with the untouched base: red is what
 * fails now and did not then, and what passed then and is gone. What failed before is nobody's fault; a test that passes
 * when it runs once more is flaky. A command that tells nothing of tests is judged by its exit code.
 */
export async function judgeCommand(
  run: RunContext,
  place: CommandPlace,
  script: string,
): Promise<Judged> {
  const runIt = (): ReturnType<typeof withTestReport> =>
    withTestReport(run, place, () => runCommandOf(run, place, { script }));
  const { outcome, report } = await runIt();
  const failed = commandFailure(script, outcome);
  // Without its end, a report says nothing of the tests that are not in it.
  if (report === undefined || (failed !== undefined && failed.kind !== "command"))
    return { red: failed, report: undefined, baseline: undefined };
  const baseline = await baselineOf(run, place, script);
  if (baseline.report === undefined)
    return { red: baseRed(failed, baseline), report, baseline: undefined };
  const compared = compareReports(baseline.report, report);
  const again = compared.newlyFailing.length === 0 ? undefined : (await runIt()).report;
  const flaky = compared.newlyFailing.filter((name) => again?.tests.get(name) === "passed");
  const newlyFailing = compared.newlyFailing.filter((name) => !flaky.includes(name));
  const { passed, failed: failing, skipped } = report;
  await run.record({
    kind: "tests-compared",
    unit: place.unit.id,
    command: script.trim().slice(0, 200),
    newlyFailing: newlyFailing.slice(0, namesMax),
    removed: compared.removed.slice(0, namesMax),
    flaky: flaky.slice(0, namesMax),
    newlyPassing: compared.newlyPassing.length,
    passed,
    failed: failing,
    skipped,
  });
  const red =
    worseThanBase({ ...compared, newlyFailing }, failed?.detail) ??
    // Something beside the tests: it was right before.
    (baseline.isGreen && flaky.length === 0 ? failed : undefined);
  return { red, report, baseline: baseline.report };
}

function baseRed(failed: Failure | undefined, { isGreen }: Baseline): Failure | undefined {
  return failed === undefined || isGreen
    ? failed
    : { ...failed, hint: "it is red on the untouched base as well, and tells of no tests there" };
}

function worseThanBase(
  { newlyFailing, removed, fewer }: TestComparison,
  detail: string | undefined,
): Failure | undefined {
  const gone = removed.length + fewer;
  if (newlyFailing.length + gone === 0) return undefined;
  const said = [
    ...(newlyFailing.length === 0
      ? []
      : [`${countOf(newlyFailing.length)} that did not fail before: ${some(newlyFailing)}`]),
    ...(gone === 0
      ? []
      : [`${countOf(gone, "gone or skipped")} that passed before${some(removed, ": ")}`]),
  ];
  return failure("command", said.join("; "), { detail });
}

function countOf(count: number, what = ""): string {
  if (what === "") return count === 1 ? "1 test fails" : `${count} tests fail`;
  return count === 1 ? `1 test is ${what}` : `${count} tests are ${what}`;
}

function some(names: readonly string[], before = ""): string {
  if (names.length === 0) return "";
  const rest = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `${before}${names.slice(0, 5).join(", ")}${rest}`;
}
