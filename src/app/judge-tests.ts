import { errorFingerprint } from "../core/attempts/error-fingerprint.ts";
import { hasAgent } from "../core/attempts/has-agent.ts";
import type { Baseline } from "../core/test-report/baseline.ts";
import { compareReports, type TestComparison } from "../core/test-report/compare-reports.ts";
import { namedMax, nameTests } from "../core/test-report/name-tests.ts";
import type { TestReport } from "../core/test-report/test-report.ts";
import { type Failure, failure } from "../model/failure.ts";
import { ok } from "../model/result.ts";
import { baselineOf } from "./baseline.ts";
import { keptBaseline } from "./kept-baseline.ts";
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
  /** The base fails before it tells of any test. */
  readonly isBaseRed: boolean;
}

/** Names that a journal's line has. */
const namesMax = 20;

/**
 * Runs a verify command. When it tells of its tests, the verdict is a comparison with the untouched base: red is what
 * fails now and did not then, and what passed then and is gone. What failed before is nobody's fault; a test that passes
 * when it runs once more is flaky. A command that tells nothing of tests is judged by its exit code; one that says the same
 * of the base cannot judge a command's work.
 */
export async function judgeCommand(
  run: RunContext,
  place: CommandPlace,
  script: string,
): Promise<Judged> {
  const runIt = (): ReturnType<typeof withTestReport> =>
    withTestReport(run, place, () => runCommandOf(run, place, { script }));
  const { outcome, report } = await runIt();
  const failed = commandFailure(script, outcome, place.cwd);
  // Without its end, a report says nothing of the tests that are not in it.
  if (report === undefined || (failed !== undefined && failed.kind !== "command"))
    return { ...tellsNothing, red: await againstBase(run, place, { script, failed }) };
  const kept = await keptBaseline(run, { unit: place.unit, script });
  const isFine = kept !== undefined && failed === undefined && isNoWorse(kept, report);
  const taken = isFine ? ok(kept) : await baselineOf(run, place, script);
  if (!taken.ok) return { ...tellsNothing, red: withoutBase(failed, taken.error), report };
  const baseline = taken.value;
  if (baseline.report === undefined) {
    const isBaseRed = !baseline.isGreen;
    return { red: baseRed(failed, baseline), report, baseline: undefined, isBaseRed };
  }
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
  return { red, report, baseline: baseline.report, isBaseRed: false };
}

function isNoWorse(base: Baseline, report: TestReport): boolean {
  if (base.report === undefined) return false;
  const { newlyFailing, removed, fewer } = compareReports(base.report, report);
  return newlyFailing.length + removed.length + fewer === 0;
}

const tellsNothing = { report: undefined, baseline: undefined, isBaseRed: false } as const;

/** One that reads the unit's own files looks for what the unit is to do: of course it is red before. */
const readsOwnFiles = /\$\{?(?:[@*]|SKEIN_FILE\b)/;

async function againstBase(
  run: RunContext,
  place: CommandPlace,
  { script, failed }: { readonly script: string; readonly failed: Failure | undefined },
): Promise<Failure | undefined> {
  // What says nothing at all says the same of anything.
  if (failed?.kind !== "command" || (failed.detail ?? "").trim() === "") return failed;
  const { action } = place.unit;
  if (readsOwnFiles.test(script)) return failed;
  // It looks at its base itself, when the units are not to blame.
  if (action.kind === "reduce" && action.onRed !== "fail") return failed;
  const taken = await baselineOf(run, place, script);
  if (!taken.ok) return withoutBase(failed, taken.error);
  const { failure: before, report } = taken.value;
  if (before === undefined || report !== undefined) return failed;
  if (errorFingerprint(before) !== errorFingerprint(failed)) return failed;
  if (action.kind === "reduce") return redAsBefore(failed);
  // What an agent is to bring about is red before it as well: the check may be its task.
  return hasAgent(place.unit)
    ? { ...failed, hint: "it says the same of the untouched base: nothing came nearer to green" }
    : onRedBase(failed, "says the same of the untouched base and tells of no tests");
}

/** By its own exit code, as long as nobody knows better. */
function withoutBase(failed: Failure | undefined, { message }: Failure): Failure | undefined {
  return failed === undefined
    ? undefined
    : { ...failed, hint: `whether the untouched base says the same is not known: ${message}` };
}

function baseRed(failed: Failure | undefined, { isGreen }: Baseline): Failure | undefined {
  return failed === undefined || isGreen
    ? failed
    : onRedBase(failed, "fails on the untouched base before it tells of any test");
}

function onRedBase({ message, detail }: Failure, what: string): Failure {
  return failure("baseline", `${message}; it ${what}, so it cannot judge this work`, {
    hint: "make the check green on the base, or let it report its tests ($SKEIN_OUT, plans/README.md)",
    detail,
  });
}

/** What was merged is not verified, whoever is to blame; trying again would find the same. */
function redAsBefore(failed: Failure): Failure {
  return {
    ...failed,
    message: `${failed.message}, as it does on the untouched base`,
    hint: `${failed.hint ?? "make the check green there"}, then skein retry RUN; or give the plan another check: skein retry RUN --plan FILE`,
  };
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
      : [`${countOf(newlyFailing.length)} that did not fail before: ${nameTests(newlyFailing)}`]),
    ...(gone === 0
      ? []
      : [`${countOf(gone, "gone or skipped")} that passed before${nameTests(removed, ": ")}`]),
  ];
  // All that a journal's line has, before what was printed: that is cut at its beginning.
  const named =
    newlyFailing.length <= namedMax
      ? ""
      : `newly failing:\n${newlyFailing.slice(0, namesMax).join("\n")}\n\n`;
  return failure("command", said.join("; "), {
    detail: detail === undefined && named === "" ? undefined : `${named}${detail ?? ""}`,
  });
}

function countOf(count: number, what = ""): string {
  if (what === "") return count === 1 ? "1 test fails" : `${count} tests fail`;
  return count === 1 ? `1 test is ${what}` : `${count} tests are ${what}`;
}
