import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createSample } from "../../src/adapters/sample/create-sample.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { git } from "../support/temp-repo.ts";

/** A whole run on the sample: agents in threads, their worktrees, the offline model, the sample's own tests. */
const runMs = 180_000;

interface Ran {
  readonly repo: string;
  readonly result: SkeinResult;
  /** A checkout of the result branch. */
  readonly checkout: string;
}

const home = mkdtempSync(join(tmpdir(), "skein-plans-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function runOnSample(plan: string, faults: readonly object[] = []): Promise<Ran> {
  const repo = join(home, `${plan}-${faults.length}`);
  const made = await createSample(repo);
  if (!made.ok) throw new Error(made.error.message);
  const file = resolve("plans", `${plan}.yaml`);
  const withFaults = ["--offline", "--faults", yamlFile("faults.json", faults)];
  const result = await skein(["run", file, "--repo", repo, "--json", ...withFaults]);
  const checkout = `${repo}-result`;
  const branch = finishedOf(result).result?.branch;
  if (branch !== undefined) git(repo, "worktree", "add", "--quiet", checkout, branch);
  return { repo, result, checkout };
}

/** Lines that hold a word, as `path:line`. */
function linesWith(checkout: string, pattern: string): readonly string[] {
  try {
    return git(checkout, "grep", "-nE", pattern).trimEnd().split("\n");
  } catch {
    // git grep exits with 1 when there is none.
    return [];
  }
}

/** A built-in module of the sample without its prefix, as an extended regular expression. */
const bareBuiltin =
  '(from |import\\(|require\\()"(assert|crypto|events|fs|http|os|path|url|util|zlib)["/]';

async function ownTests(checkout: string): Promise<number | undefined> {
  const done = await execa(process.execPath, ["tools/test.js"], { cwd: checkout, reject: false });
  return done.exitCode;
}

function unitsOf(events: readonly RunEvent[], task: string): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "unit-finished" && event.task === task && event.outcome === "done"
      ? [event.unit]
      : [],
  );
}

/** What holds for every plan: all done, one merged branch that passes the sample's tests, the checkout untouched. */
async function expectFinished({ repo, result, checkout }: Ran): Promise<void> {
  const finished = finishedOf(result);
  expect(finished.notMerged).toEqual([]);
  expect(result.exitCode).toBe(0);
  expect(await ownTests(checkout)).toBe(0);
  expect(git(repo, "status", "--porcelain")).toBe("");
  expect(git(repo, "branch", "--show-current")).toBe("main\n");
}

describe("rename-identifier", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runOnSample("rename-identifier");
  }, runMs);

  test("renames in every package and document, and what it merges passes the tests", async () => {
    await expectFinished(ran);
    expect(unitsOf(ran.result.events, "rename").length).toBeGreaterThanOrEqual(6);
  });

  test("leaves longer names and the stored event name alone", () => {
    const left = linesWith(ran.checkout, "\\bformatMoney\\b");
    // Release notes tell of the past, error messages and stored events are data.
    const expected = /print:formatMoney|formatMoney: unknown|^docs\/release-notes/;
    expect(left.filter((line) => !expected.test(line))).toEqual([]);
    expect(left.some((line) => line.startsWith("fixtures/audit.jsonl"))).toBe(true);
    expect(linesWith(ran.checkout, "formatMoneyColumn").length).toBeGreaterThan(3);
  });
});

describe("rename-identifier, when the model takes no request about the documents", () => {
  test("merges and verifies what succeeded, and names what did not", async () => {
    const faults = Array.from({ length: 9 }, (_, at) => ({
      fault: "too-large",
      at: at + 1,
      when: "rename[docs]",
    }));
    const { repo, result, checkout } = await runOnSample("rename-identifier", faults);
    const finished = finishedOf(result);
    expect(finished.exitCode).toBe(1);
    expect(finished.notMerged.map(({ unit }) => unit)).toEqual(["rename[docs]"]);
    expect(await ownTests(checkout)).toBe(0);
    const applied = await skein(["apply"], { cwd: repo });
    expect(applied.stderr).toContain("the result is without rename[docs]");
  });
});

describe("node-prefix", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runOnSample("node-prefix");
  }, runMs);

  test("leaves no built-in module without its prefix", async () => {
    await expectFinished(ran);
    expect(linesWith(ran.checkout, bareBuiltin)).toEqual([]);
    expect(linesWith(ran.checkout, 'await import\\("node:zlib"\\)')).toHaveLength(1);
    expect(linesWith(ran.checkout, 'require\\("node:').length).toBe(4);
  });
});

describe("sharded-change", () => {
  test("gives each agent a part of the repository, and what it merges passes as many tests as before", async () => {
    const ran = await runOnSample("sharded-change");
    await expectFinished(ran);
    expect(unitsOf(ran.result.events, "change").length).toBeGreaterThanOrEqual(6);
    expect(linesWith(ran.checkout, "assert[.]deepEqual[(]")).toEqual([]);
    const compared = ran.result.events.find((event) => event.kind === "tests-compared");
    expect(compared).toMatchObject({ newlyFailing: [], removed: [], failed: 0 });
  });
});

describe("codemod-then-agents", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runOnSample("codemod-then-agents");
  }, runMs);

  test("gives agents only the files the codemod could not convert", async () => {
    await expectFinished(ran);
    const byCodemod = ran.result.events.find(
      (event) => event.kind === "unit-finished" && event.task === "codemod",
    );
    if (byCodemod?.kind !== "unit-finished") throw new Error("the codemod did not finish");
    expect(byCodemod.patch?.files.length).toBeGreaterThan(80);
    expect(unitsOf(ran.result.events, "fix").toSorted()).toEqual([
      "fix[packages/cli/bin/gander.cjs]",
      "fix[packages/cli/src/export-command.js]",
      "fix[tools/count-lines.cjs]",
    ]);
    expect(linesWith(ran.checkout, bareBuiltin)).toEqual([]);
  });
});

describe("two-refactors", () => {
  let ran: Ran;
  beforeAll(async () => {
    ran = await runOnSample("two-refactors");
  }, runMs);

  test("settles the conflicts of agents that met on neighbouring lines", async () => {
    await expectFinished(ran);
    const conflicts = ran.result.events.flatMap((event) =>
      event.kind === "conflict-found" ? event.files.map(({ file }) => file) : [],
    );
    expect(conflicts.toSorted()).toEqual([
      "packages/billing/src/archive.js",
      "packages/routing/src/labels.js",
      "packages/store/src/audit.js",
    ]);
    const audit = git(ran.checkout, "show", "HEAD:packages/store/src/audit.js");
    expect(audit).toContain('from "node:events"');
    expect(audit).toContain("import { formatAmount }");
    expect(audit).not.toMatch(/^(<{7}|={7}|>{7})/m);
  });
});
