import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

/** Two tests, of which one is red from the start; run by Node's own runner. */
const files = {
  "sum.js": "exports.sum = (a, b) => a + b;\nexports.half = (a) => a;\n",
  "sum.test.js": `
const test = require("node:test");
const assert = require("node:assert");
const { sum, half } = require("./sum.js");
test("sums", () => assert.equal(sum(1, 2), 3));
test("halves", () => assert.equal(half(2), 1));
`,
};

/** Several runs, one after the other. */
const runsMs = 60_000;

const verify = [{ run: "node --test --test-reporter=tap" }];

async function runOn(
  repo: string,
  task: object,
  more: Readonly<Record<string, object>> = {},
): Promise<SkeinResult> {
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "baseline",
    tasks: { work: task, ...more },
  });
  return skein(["run", plan, "--repo", repo, "--json"]);
}

function outcomeOf(
  result: SkeinResult,
  unit = "work",
): Partial<Extract<RunEvent, { kind: "unit-finished" }>> {
  const end = result.events.find((event) => event.kind === "unit-finished" && event.unit === unit);
  return end?.kind === "unit-finished" ? end : {};
}

function only<Kind extends RunEvent["kind"]>(
  result: SkeinResult,
  kind: Kind,
): readonly Extract<RunEvent, { kind: Kind }>[] {
  return result.events.filter(
    (event): event is Extract<RunEvent, { kind: Kind }> => event.kind === kind,
  );
}

test("tests that were red before are nobody's fault, though the command exits with 1", async () => {
  const result = await runOn(tempRepo(files), { run: "echo '// ok' >> sum.js", verify });
  expect(result.exitCode, result.stderr).toBe(0);
  expect(only(result, "baseline-taken")).toMatchObject([{ exitCode: 1, passed: 1, failed: 1 }]);
  expect(only(result, "tests-compared")).toMatchObject([
    { newlyFailing: [], removed: [], newlyPassing: 0, passed: 1, failed: 1 },
  ]);
});

test("a test that fails since is named, and one that is mended is counted", async () => {
  const breaks = "echo 'exports.sum = (a, b) => a - b; exports.half = (a) => a / 2;' > sum.js";
  const result = await runOn(tempRepo(files), { run: breaks, verify });
  expect(outcomeOf(result)).toMatchObject({
    outcome: "failed",
    reason: "verify: 1 test fails that did not fail before: sums",
  });
  expect(only(result, "tests-compared")[0]).toMatchObject({ newlyPassing: 1 });
});

test("a test that passed cannot be taken away or skipped", async () => {
  const skips = 'sed -i "s/test(.sums., /test.skip(\\"sums\\", /" sum.test.js';
  for (const run of ["sed -i /sums/d sum.test.js", skips]) {
    const result = await runOn(tempRepo(files), { run, verify });
    expect(outcomeOf(result).reason).toBe(
      "verify: 1 test is gone or skipped that passed before: sums",
    );
  }
});

test("a test that passes when it runs once more is flaky, and holds nobody up", async () => {
  const flaky = `
const { existsSync, writeFileSync } = require("node:fs");
require("node:test")("shaky", () => {
  if (existsSync("base")) return;
  if (existsSync("ran-once")) return;
  writeFileSync("ran-once", "");
  throw new Error("first time");
});
`;
  const result = await runOn(tempRepo({ ...files, "shaky.test.js": flaky, base: "" }), {
    run: "rm base",
    verify,
  });
  expect(result.exitCode, result.stderr).toBe(0);
  expect(only(result, "tests-compared")).toMatchObject([{ newlyFailing: [], flaky: ["shaky"] }]);
});

test("the base is asked once, however many units compare themselves with it", async () => {
  const result = await runOn(tempRepo(files), {
    strategy: { matrix: { n: [1, 2, 3, 4] } },
    run: "echo // ${{ quote(matrix.n) }} >> file-${{ quote(matrix.n) }}.js",
    verify,
  });
  expect(finishedOf(result).outcomes).toEqual({ done: 4 });
  expect(only(result, "tests-compared")).toHaveLength(4);
  expect(only(result, "baseline-taken")).toHaveLength(1);
});

test("what fails beside the tests still counts", async () => {
  const result = await runOn(
    tempRepo({ "ok.test.js": 'require("node:test")("fine", () => {});\n' }),
    {
      run: "touch stray",
      verify: [{ run: "node --test --test-reporter=tap && ! test -e stray" }],
    },
  );
  expect(outcomeOf(result).outcome).toBe("failed");
});

test("a report in $SKEIN_OUT is read, and expectations are held against it", async () => {
  const junit = { run: 'node --test --test-reporter=junit > "$SKEIN_OUT/tests.xml" || true' };
  const grows = {
    base: {
      run: "node --test --test-reporter=tap | grep -c '^ok' > \"$SKEIN_OUT/passed.txt\" || true",
      outputs: { passed: { text: "passed.txt" } },
    },
  };
  const expected = (wanted: string): object => ({
    needs: ["base"],
    run: "echo '// ok' >> sum.js",
    verify: [junit, { expect: { "tests-passed": wanted } }],
  });
  const asBefore = await runOn(tempRepo(files), expected("same-as-baseline"), grows);
  expect(asBefore.exitCode, asBefore.stderr).toBe(0);
  const asMany = await runOn(
    tempRepo(files),
    expected(">= ${{ needs.base.outputs.passed }}"),
    grows,
  );
  expect(asMany.exitCode, asMany.stderr).toBe(0);
  const more = await runOn(tempRepo(files), expected(">= 2"), grows);
  expect(outcomeOf(more).reason).toBe("1 tests passed, fewer than the 2 of tests-passed");
  const silent = await runOn(tempRepo(files), {
    run: "echo '// ok' >> sum.js",
    verify: [{ run: "true" }, { expect: { "tests-passed": "same-as-baseline" } }],
  });
  expect(outcomeOf(silent).reason).toContain("no verify command before it told of tests");
});

test("a check that says the same of the base, and nothing of tests, cannot judge: the base is red", async () => {
  const repo = tempRepo({ ...files, "check.sh": "echo no such tool: checker; exit 127\n" });
  const change = { run: "echo '// ok' >> sum.js", verify: [{ run: "sh check.sh" }] };
  const result = await runOn(repo, change);
  expect(outcomeOf(result)).toMatchObject({
    outcome: "baseline-red",
    reason:
      "verify: `sh check.sh` exited with 127; it says the same of the untouched base and tells of no tests, so it cannot judge this work",
  });
  expect(result.exitCode).toBe(1);
  const worse = await runOn(repo, { ...change, run: "echo 'echo worse; exit 2' > check.sh" });
  expect(outcomeOf(worse).outcome).toBe("failed");
  const ownFiles = await runOn(repo, {
    strategy: { matrix: { file: ["sum.js"] } },
    run: "echo '// ok' >> sum.js",
    verify: [{ run: '! grep exports "$@"' }],
  });
  expect(outcomeOf(ownFiles, "work[sum.js]").outcome).toBe("failed");
});

test("a plan may want its base green: on a red one nothing is begun", async () => {
  const task = {
    run: "echo '// ok' >> sum.js",
    verify: [...verify, { expect: { baseline: "green" } }],
  };
  const result = await runOn(tempRepo(files), task);
  expect(outcomeOf(result)).toMatchObject({ outcome: "baseline-red" });
  expect(outcomeOf(result).reason).toContain("red on the untouched base");
  const states = only(result, "unit-state").flatMap((event) =>
    event.unit === "work" ? [event.state] : [],
  );
  expect(states).toEqual(["baseline"]);
  const green = await runOn(
    tempRepo({ "sum.test.js": 'require("node:test")("sums", () => {});' }),
    {
      ...task,
      run: "echo '// ok' > sum.js",
    },
  );
  expect(green.exitCode, green.stderr).toBe(0);
});

/** Two units, of which one waits for a file before it does its work; the checks tell of tests, all green on the base. */
function waitingPlan(work: string): string {
  const verify = [{ run: "node --test --test-reporter=tap ok.test.js" }];
  return yamlFile("plan.yaml", {
    version: 1,
    name: "once",
    tasks: {
      first: { run: "echo '// ok' >> sum.js", verify },
      second: { run: `test -e "$(git rev-parse --git-common-dir)/info/go" && ${work}`, verify },
    },
  });
}

const okTest = `
const test = require("node:test");
const assert = require("node:assert");
const { sum } = require("./sum.js");
test("sums", () => assert.equal(sum(1, 2), 3));
`;

test(
  "retry does not ask the base again for a verdict that its first green answer is enough for",
  async () => {
    const repo = tempRepo({ ...files, "ok.test.js": okTest });
    const plan = waitingPlan("echo '// mine' >> ok.test.js");
    const first = await skein(["run", plan, "--repo", repo, "--json"]);
    expect(only(first, "baseline-taken")).toMatchObject([{ exitCode: 0, passed: 1 }]);
    expect(outcomeOf(first, "second")).toMatchObject({ outcome: "failed" });
    writeFileSync(join(repo, ".git", "info", "go"), "");
    const again = await skein(["retry", "--repo", repo, "--json"]);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(only(again, "tests-compared")).toMatchObject([{ unit: "second", passed: 1 }]);
    expect(only(again, "baseline-taken")).toEqual([]);
  },
  runsMs,
);

test(
  "before anybody is blamed, or when nothing is to be taken from earlier, retry asks the base itself",
  async () => {
    const repo = tempRepo({ ...files, "ok.test.js": okTest });
    const plan = waitingPlan("echo 'exports.sum = () => 0;' > sum.js");
    await skein(["run", plan, "--repo", repo]);
    writeFileSync(join(repo, ".git", "info", "go"), "");
    const again = await skein(["retry", "--repo", repo, "--json"]);
    expect(outcomeOf(again, "second")).toMatchObject({
      outcome: "failed",
      reason: "verify: 1 test fails that did not fail before: sums",
    });
    expect(only(again, "baseline-taken")).toMatchObject([{ exitCode: 0, passed: 1 }]);
    const anew = await skein(["retry", "--no-cache", "--repo", repo, "--json"]);
    expect(only(anew, "baseline-taken")).toHaveLength(1);
  },
  runsMs,
);
