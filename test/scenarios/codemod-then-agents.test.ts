import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** Mechanical first, agents for what is left: the plan as people would write it, with Node's own test runner. */
const plan = `
version: 1
name: codemod-then-agents
workspace: { repo: ".", base: main }
tasks:
  codemod:
    run: node codemods/assert.mjs $(git grep -lE 'from "(node:)?assert"' -- src)
    verify: [ { run: node --test --test-reporter=tap } ]
    commit: "test: mechanical assert to expect"
  leftovers:
    needs: [codemod]
    run: git grep -lE '\\bassert[.(]' -- 'src/**/*.test.mjs' > "$SKEIN_OUT/left.txt" || true
    outputs: { files: { lines: left.txt } }
  fix:
    needs: [leftovers]
    if: needs.leftovers.outputs.files.length > 0
    strategy: { matrix: { file: "\${{ needs.leftovers.outputs.files }}" }, max-parallel: 3, max-size: 200 }
    retry: { max: 5, feed-back: [last-error, last-diff] }
    agent: { prompt: "Convert the remaining assert calls in \${{ matrix.file }} to expect. Change nothing else.", scope: { write: ["\${{ matrix.file }}"] } }
    verify: [ { run: node --test "$SKEIN_FILE" } ]
  merge:
    needs: [codemod, fix]
    if: always()
    reduce: { from: fix, on-conflict: fail, verify: [ { run: node --test } ], on-red: drop-and-report }
`;

function testFile(name: string, body: string): string {
  return `import assert from "node:assert";\nimport { test } from "node:test";\nimport { expect } from "../expect.mjs";\ntest("${name}", () => {\n  ${body}\n});\n`;
}

const files = {
  "src/expect.mjs":
    'export const expect = (got) => ({ toBe: (want) => { if (got !== want) throw new Error(got + " is not " + want); } });\n',
  "src/a/sum.test.mjs": testFile("sums", "assert.equal(1 + 1, 2);"),
  "src/b/odd.test.mjs": testFile("odd", "assert(true);"),
  "src/c/even.test.mjs": testFile("even", "assert.ok(true);"),
  // What no file's own test can see.
  "src/style.test.mjs": `import { readFileSync } from "node:fs";\nimport { test } from "node:test";\ntest("style", () => {\n  if (readFileSync("src/c/even.test.mjs", "utf8").includes("todo")) throw new Error("todo in src/c/even.test.mjs");\n});\n`,
  "codemods/assert.mjs": `import { readFileSync, writeFileSync } from "node:fs";
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replaceAll(/assert\\.equal\\((.+), (.+)\\);/g, "expect($1).toBe($2);"));
}
`,
};

function agentOf(file: string, from: string, ...tries: readonly string[]): object {
  let now = from;
  const turns = tries.flatMap((to) => {
    const edit = call("Edit", { file_path: file, old_string: now, new_string: to });
    now = to;
    return [[edit], [submit()]];
  });
  return conversation(
    `Convert the remaining assert calls in ${file}`,
    [call("Read", { file_path: file })],
    ...turns,
  );
}

test("a codemod first, agents for the files it left; what makes the whole red is left out and named", async () => {
  const repo = tempRepo(files);
  const planFile = join(mkdtempSync(join(tmpdir(), "skein-test-")), "plan.yaml");
  writeFileSync(planFile, plan);
  const script = yamlFile("script.yaml", {
    conversations: [
      agentOf(
        "src/b/odd.test.mjs",
        "assert(true);",
        "expect(true).toBe(1);",
        "expect(true).toBe(true);",
      ),
      agentOf(
        "src/c/even.test.mjs",
        "assert.ok(true);",
        "expect(true).toBe(true); // todo: tidy up",
      ),
    ],
  });
  const result = await skein(["run", planFile, "--repo", repo, "--script", script, "--json"]);
  const { outcomes, merged, notMerged, result: branch } = finishedOf(result);
  expect(outcomes, result.stderr).toEqual({ done: 5 });
  expect(merged).toContain("fix[src/b/odd.test.mjs]");
  expect(notMerged).toMatchObject([{ unit: "fix[src/c/even.test.mjs]" }]);
  expect(notMerged[0]?.reason).toContain("with it the merged work is red");
  expect(result.exitCode).toBe(1);
  const told = result.events.filter(
    (event): event is Extract<RunEvent, { kind: "unit-retrying" }> =>
      event.kind === "unit-retrying",
  );
  expect(told).toMatchObject([{ unit: "fix[src/b/odd.test.mjs]", sameAgent: true }]);
  const at = branch?.branch ?? "";
  expect(git(repo, "show", `${at}:src/a/sum.test.mjs`)).toContain("expect(1 + 1).toBe(2);");
  expect(git(repo, "show", `${at}:src/b/odd.test.mjs`)).toContain("expect(true).toBe(true);");
  expect(git(repo, "show", `${at}:src/c/even.test.mjs`)).toContain("assert.ok(true);");
  expect(git(repo, "log", "--format=%s", at)).toContain("test: mechanical assert to expect");
});

function block(name: number, call: string): string {
  return `it("${name}", () => {\n${"  same(block);\n".repeat(40)}  ${call}\n${"  same(block);\n".repeat(40)}});\n`;
}

function blocks(call: string): string {
  return Array.from({ length: 60 }, (_, name) =>
    block(name, name % 7 === 3 ? call : "assert.ok(x);"),
  ).join("");
}

test("a file too long to be shown at once is read in parts, and changed where it was meant", async () => {
  const repo = tempRepo({ "long.test.js": blocks("assert.throws(block, RangeError);") });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "long",
    tasks: {
      fix: {
        agent: {
          prompt: "Replace `assert.throws($A, $B)` with `expect($A).toThrow($B)`.",
          scope: { write: ["long.test.js"] },
        },
      },
    },
  });
  const done = await skein(["run", plan, "--repo", repo, "--offline", "--json"]);
  expect(done.exitCode).toBe(0);
  const [branch = ""] = git(repo, "branch", "--list", "skein/*", "--format=%(refname:short)").split(
    "\n",
  );
  expect(git(repo, "show", `${branch}:long.test.js`).trim()).toBe(
    blocks("expect(block).toThrow(RangeError);").trim(),
  );
});
