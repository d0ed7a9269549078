import { resolve } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { finishedOf, skein } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** In the place of vitest: runs its files, or all tests, and tells of them, as TAP and in the report that is asked for. */
const runner = `#!/usr/bin/env node
import { globSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const [, ...args] = process.argv.slice(2);
const named = args.filter((arg) => !arg.startsWith("--"));
const files = named.length > 0 ? named : globSync("packages/**/test.mjs").sort();
let passed = 0;
console.log("TAP version 13");
for (const [at, file] of files.entries()) {
  const isGood = await import(pathToFileURL(file)).then(() => true, () => false);
  if (isGood) passed += 1;
  console.log((isGood ? "ok " : "not ok ") + (at + 1) + " - " + file);
}
console.log("1.." + files.length);
const out = args.find((arg) => arg.startsWith("--outputFile="))?.slice("--outputFile=".length);
if (out !== undefined) writeFileSync(out, JSON.stringify({ numPassedTests: passed }));
process.exitCode = passed === files.length ? 0 : 1;
`;

const expectation = `import assert from "node:assert";
export const expect = (got) => ({ toBe: (want) => assert.equal(got, want), toBeTruthy: () => assert(got) });
`;

const tool = { name: "vitest", version: "1.0.0", bin: "vitest.mjs", exports: "./index.mjs" };
const root = { name: "demo", private: true, devDependencies: { vitest: "file:tools/vitest" } };
const lock = {
  name: "demo",
  lockfileVersion: 3,
  requires: true,
  packages: {
    "": { name: root.name, devDependencies: root.devDependencies },
    "node_modules/vitest": { resolved: "tools/vitest", link: true },
    "tools/vitest": { version: "1.0.0", dev: true, bin: { vitest: "vitest.mjs" } },
  },
};

const numbers = [1, 2, 3, 4, 5];
const packages = ["a", "b", "c", "d"];

/** A test of the last package is red before anything is touched; it is nobody's work. */
const files = {
  ".gitignore": "node_modules\n",
  "package.json": JSON.stringify(root),
  "package-lock.json": JSON.stringify(lock),
  "tools/vitest/package.json": JSON.stringify(tool),
  "tools/vitest/vitest.mjs": runner,
  "tools/vitest/index.mjs": expectation,
  ...Object.fromEntries(
    packages.flatMap((name) => [
      [`packages/${name}/package.json`, JSON.stringify({ name })],
      ...numbers.map((n) => [
        `packages/${name}/src/f${n}/test.mjs`,
        `import assert from "node:assert";\n\nassert.equal(${n} + 1, ${n + 1});\nassert(${n});\n`,
      ]),
    ]),
  ),
  "packages/d/src/red/test.mjs": "throw new Error('red');\n",
};

function indexOf(events: readonly RunEvent[], found: (event: RunEvent) => boolean): number {
  return events.findIndex((event) => found(event));
}

test("a migration by package: three parts first, then the rest; what was red before may be red still", async () => {
  const repo = tempRepo(files);
  git(repo, "update-index", "--chmod=+x", "tools/vitest/vitest.mjs");
  git(repo, "commit", "--quiet", "--message=the runner can be run");
  git(repo, "reset", "--quiet", "--hard");
  const plan = resolve("plans/assert-to-expect.yaml");
  const set = ["--set", "files=packages/**/test.mjs"];
  const result = await skein(["run", plan, "--repo", repo, ...set, "--offline", "--json"]);
  const { outcomes, notMerged, result: branch } = finishedOf(result);
  expect({ outcomes, notMerged }, result.stderr).toEqual({ outcomes: { done: 8 }, notMerged: [] });
  expect(result.exitCode).toBe(0);
  const { events } = result;
  const begun = events.flatMap((event, at) =>
    event.kind === "unit-started" && event.task === "migrate" ? [at] : [],
  );
  const verdict = indexOf(events, ({ kind }) => kind === "rollout-judged");
  expect(begun.map((at) => at < verdict)).toEqual([true, true, true, false]);
  expect(events.find(({ kind }) => kind === "publish-skipped")).toBeDefined();
  const at = branch?.branch ?? "";
  expect(git(repo, "show", `${at}:packages/d/src/f5/test.mjs`)).toBe(
    'import { expect } from "vitest";\n\nexpect(5 + 1).toBe(6);\nexpect(5).toBeTruthy();\n',
  );
  expect(git(repo, "grep", "-c", "expect(", at, "--", "packages").trim().split("\n")).toHaveLength(
    20,
  );
});
