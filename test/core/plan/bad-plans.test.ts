import { readFileSync } from "node:fs";

import fc from "fast-check";
import { expect, test } from "vitest";

import { parsePlan } from "../../../src/core/plan/parse-plan.ts";

const head = "version: 1\nname: t\n";

/** A plan of one task with the given lines under it. */
function task(...lines: readonly string[]): string {
  return `${head}tasks:\n  a:\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

function tasks(...lines: readonly string[]): string {
  return `${head}tasks:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}

function reduceOf(generated: string): string {
  return tasks(
    "f: { run: x }",
    `b: { needs: [f], reduce: { from: f, generated: [${generated}] } }`,
  );
}

interface Case {
  readonly what: string;
  readonly plan: string;
  readonly code: string;
  readonly at?: string;
  readonly suggestion?: string;
}

/** The kinds of bad input, numbered as in the format's design; each with the place the reader is sent to. */
const cases: readonly Case[] = [
  {
    what: "a gate that nothing opens",
    plan: task("run: x", "gate: { message: Ship it? }"),
    code: "E-KEY-MISSING",
    at: "6:5",
  },
  { what: "1 broken YAML", plan: `${head}tasks: [`, code: "E-YAML-SYNTAX" },
  { what: "2 a tab as indent", plan: `${head}tasks:\n\ta: 1\n`, code: "E-YAML-TAB" },
  {
    what: "3 a task id twice",
    plan: tasks("a: { run: x }", "a: { run: y }"),
    code: "E-YAML-DUPLICATE",
    at: "5:3",
  },
  {
    what: "a rule for a tool that is not there",
    plan: `${tasks("a: { run: x }")}permissions:\n  deny: [Bahs]\n`,
    code: "E-RULE",
    at: "6:10",
  },
  {
    what: "a rule that is not a plan's to give",
    plan: `${tasks("a: { run: x }")}permissions:\n  allow: ["Bash(npm test)", "Read(~/.ssh/**)"]\n`,
    code: "E-RULE-WIDE",
    at: "6:29",
  },
  { what: "4 several documents", plan: `${head}---\n${head}`, code: "E-YAML-DOCUMENTS" },
  { what: "5 an empty file", plan: "", code: "E-YAML-EMPTY" },
  { what: "5 a list as root", plan: "- a\n", code: "E-YAML-ROOT", at: "1:1" },
  { what: "6 a NUL", plan: `${head}x: "\0"\n`, code: "E-FILE-NUL" },
  { what: "6 bytes that are not UTF-8", plan: `${head}x: "\uFFFD"\n`, code: "E-FILE-UTF8" },
  { what: "6 a huge file", plan: `${head}# ${"x".repeat(1_100_000)}`, code: "E-FILE-SIZE" },
  {
    what: "7 an alias bomb",
    plan: `${head}vars:\n  a: &a [1]\n  b: [${"*a, ".repeat(120)}]\n`,
    code: "E-YAML-ALIASES",
  },
  { what: "8 a cyclic alias", plan: `${head}vars:\n  a: &a [*a]\n`, code: "E-YAML-CYCLE" },
  {
    what: "9 flow nesting too deep",
    plan: `${head}vars: { a: ${"[".repeat(5_000)}${"]".repeat(5_000)} }`,
    code: "E-YAML-DEPTH",
  },
  {
    what: "9 block nesting too deep",
    plan: `${head}vars:\n  a:\n    ${"- ".repeat(5_000)}x\n`,
    code: "E-YAML-DEPTH",
  },
  { what: "10 a custom tag", plan: `${head}vars: { a: !!js/function "x" }\n`, code: "E-YAML-TAG" },
  {
    what: "11 a merge key",
    plan: `${head}vars: { a: &a { b: 1 } }\ntasks: { t: { <<: *a, run: x } }\n`,
    code: "E-YAML-MERGE",
  },
  { what: "12 __proto__", plan: `${head}vars: { __proto__: { x: 1 } }\n`, code: "E-YAML-PROTO" },
  {
    what: "12 constructor",
    plan: tasks("constructor: { run: x }"),
    code: "E-YAML-PROTO",
    at: "4:3",
  },
  { what: "13 no version", plan: "name: t\ntasks: { a: { run: x } }\n", code: "E-VERSION" },
  {
    what: "13 a newer version",
    plan: "version: 2\nname: t\ntasks: { a: { run: x } }\n",
    code: "E-VERSION",
    at: "1:10",
  },
  {
    what: "14 an unknown key",
    plan: task("run: x", "need: [b]"),
    code: "E-KEY-UNKNOWN",
    at: "6:5",
    suggestion: "needs",
  },
  {
    what: "14 an unknown key at the top",
    plan: `${head}task: {}\ntasks: { a: { run: x } }\n`,
    code: "E-KEY-UNKNOWN",
    at: "3:1",
    suggestion: "tasks",
  },
  {
    what: "15 a map where a list is due",
    plan: task("run: x", "needs: {}"),
    code: "E-TYPE",
    at: "6:12",
  },
  {
    what: "16 a number that was text",
    plan: `version: 1\nname: 1.20\ntasks: { a: { run: x } }\n`,
    code: "E-TYPE-QUOTES",
    at: "2:7",
    suggestion: '"1.20"',
  },
  { what: "17 an invalid task id", plan: tasks('"9 a": { run: x }'), code: "E-TASK-ID", at: "4:3" },
  { what: "17 a reserved task id", plan: tasks("all: { run: x }"), code: "E-TASK-ID", at: "4:3" },
  { what: "18 no tasks", plan: `${head}tasks: {}\n`, code: "E-TASKS-NONE", at: "3:8" },
  { what: "19 no action", plan: task("env: {}"), code: "E-ACTION-NONE" },
  {
    what: "19 two actions",
    plan: task("run: x", "steps: [{ run: y }]"),
    code: "E-ACTION-MANY",
    at: "6:5",
  },
  {
    what: "20 an unknown dependency",
    plan: tasks("build: { run: x }", "b: { needs: [biuld], run: x }"),
    code: "E-NEED-UNKNOWN",
    at: "5:16",
    suggestion: "build",
  },
  {
    what: "21 a self-dependency",
    plan: task("needs: [a]", "run: x"),
    code: "E-NEED-SELF",
    at: "5:13",
  },
  {
    what: "22 a cycle",
    plan: tasks("a: { needs: b, run: x }", "b: { needs: [a], run: x }"),
    code: "E-CYCLE",
  },
  {
    what: "23 a need twice",
    plan: tasks("a: { run: x }", "b: { needs: [a, a], run: x }"),
    code: "E-NEED-TWICE",
    at: "5:19",
  },
  {
    what: "24 a task that can never run",
    plan: task("run: x", "if: false"),
    code: "E-UNREACHABLE",
    at: "6:9",
  },
  {
    what: "25 outputs of a task that is not needed",
    plan: tasks(
      "a: { run: x, outputs: { o: { text: f } } }",
      'b: { run: x, env: { O: "${{ needs.a.outputs.o }}" } }',
    ),
    code: "E-NEED-UNDECLARED",
  },
  {
    what: "26 an output nobody declared",
    plan: tasks(
      "a: { run: x, outputs: { files: { text: f } } }",
      'b: { needs: a, run: x, env: { O: "${{ needs.a.outputs.file }}" } }',
    ),
    code: "E-OUTPUT-UNKNOWN",
    suggestion: "files",
  },
  {
    what: "27 a later step",
    plan: task("steps:", '  - { run: x, if: "steps.b.exit-code == 0" }', "  - { id: b, run: y }"),
    code: "E-STEP-UNKNOWN",
  },
  {
    what: "28 an unknown variable",
    plan: `${head}vars: { files: 1 }\ntasks: { a: { run: "x", env: { F: "\${{ vars.file }}" } } }\n`,
    code: "E-VAR-UNKNOWN",
    suggestion: "files",
  },
  {
    what: "28 an unknown context",
    plan: task("run: x", 'env: { F: "${{ var.x }}" }'),
    code: "E-VAR-UNKNOWN",
    suggestion: "vars",
  },
  {
    what: "28 an unknown function",
    plan: task("run: x", 'if: "allways()"'),
    code: "E-EXPR-FUNCTION",
    suggestion: "always",
  },
  { what: "29 a broken expression", plan: task("run: x", 'if: "1 +"'), code: "E-EXPR-SYNTAX" },
  {
    what: "29 an expression never closed",
    plan: task("run: x", 'env: { F: "${{ vars.x" }'),
    code: "E-EXPR-UNCLOSED",
  },
  {
    what: "30 an expression in needs",
    plan: task("run: x", 'needs: ["${{ vars.x }}"]'),
    code: "E-EXPR-PLACE",
  },
  {
    what: "31 a value pasted into shell text",
    plan: `${head}vars: { f: "a b" }\ntasks: { a: { run: "rm \${{ vars.f }}" } }\n`,
    code: "E-SHELL-INTERPOLATION",
  },
  {
    what: "31 a quoted value in double quotes",
    plan: `${head}vars: { f: "a b" }\ntasks: { a: { run: 'rm "\${{ quote(vars.f) }}"' } }\n`,
    code: "E-SHELL-INTERPOLATION",
  },
  {
    what: "31 a quoted value that is only compared with",
    plan: `${head}vars: { f: "a b" }\ntasks: { a: { run: "rm \${{ quote(vars.f) != 'x' && vars.f }}" } }\n`,
    code: "E-SHELL-INTERPOLATION",
  },
  {
    what: "32 a secret in a command",
    plan: `${head}vars: { api_key: x }\ntasks: { a: { run: "curl \${{ vars.api_key }}" } }\n`,
    code: "E-SECRET",
  },
  {
    what: "34 a bad duration",
    plan: task("run: x", "retry: { max: 1, backoff: 5 mins }"),
    code: "E-DURATION",
    at: "6:31",
  },
  {
    what: "34 a duration of nothing",
    plan: `${head}budget: { wall: 0s }\ntasks: { a: { run: x } }\n`,
    code: "E-DURATION",
  },
  {
    what: "35 a bad rate",
    plan: task("run: x", 'publish: { branch: b, rate: "10/hr" }'),
    code: "E-RATE",
  },
  {
    what: "35 a bad share",
    plan: task(
      "run: x",
      "strategy: { matrix: { n: [1, 2] } }",
      'rollout: { canary: 1, require: "150%" }',
    ),
    code: "E-PERCENT",
  },
  {
    what: "36 max-parallel 0",
    plan: task("run: x", "strategy: { matrix: { n: [1] }, max-parallel: 0 }"),
    code: "E-RANGE",
  },
  { what: "37 too many retries", plan: task("run: x", "retry: { max: 21 }"), code: "E-RANGE" },
  {
    what: "37 a back-off over the timeout",
    plan: task("run: x", "timeout-minutes: 1", "retry: { max: 1, backoff: 2m }"),
    code: "E-RETRY",
  },
  {
    what: "38 a timeout over the run's wall",
    plan: `${head}budget: { wall: 5m }\ntasks: { a: { run: x, timeout-minutes: 10 } }\n`,
    code: "E-TIMEOUT",
  },
  {
    what: "39 a negative budget",
    plan: `${head}budget: { usd: -1 }\ntasks: { a: { run: x } }\n`,
    code: "E-RANGE",
  },
  {
    what: "39 a task's budget over the total",
    plan: `${head}budget: { usd: 1, per-task: { usd: 2 } }\ntasks: { a: { run: x } }\n`,
    code: "E-BUDGET",
  },
  {
    what: "39 an unknown currency",
    plan: `${head}budget: { eur: 1 }\ntasks: { a: { run: x } }\n`,
    code: "E-KEY-UNKNOWN",
  },
  {
    what: "40 a path that leads out",
    plan: task("agent: { prompt: x, scope: { write: ['../x'] } }"),
    code: "E-PATH",
  },
  {
    what: "40 an absolute path",
    plan: task("agent: { prompt: x, scope: { write: /etc } }"),
    code: "E-PATH",
  },
  {
    what: "40 a drive letter",
    plan: task("agent: { prompt: x, scope: { write: 'C:\\x' } }"),
    code: "E-PATH",
  },
  {
    what: "40 a home directory",
    plan: task("agent: { prompt: x, scope: { write: '~/x' } }"),
    code: "E-PATH",
  },
  {
    what: "40 an output out of $SKEIN_OUT",
    plan: task("run: x", "outputs: { o: { text: ../f } }"),
    code: "E-PATH",
  },
  {
    what: "41 a missing prompt file",
    plan: task("agent: { prompt-file: nope.md, scope: { write: x } }"),
    code: "E-FILE-MISSING",
  },
  {
    what: "42 a bad glob",
    plan: task("agent: { prompt: x, scope: { write: 'src/[a' } }"),
    code: "E-GLOB",
  },
  {
    what: "42 a glob that could hold up the run",
    plan: task("agent: { prompt: x, scope: { write: '[a]*a*a*a*a*a*a*a*a*b' } }"),
    code: "E-GLOB",
  },
  {
    what: "42 one of a shard",
    plan: task("shard: { files: '[a]*a*a*a*a*a*a*a*a*b', by: directory }"),
    code: "E-GLOB",
  },
  {
    what: "42 one of a cache",
    plan: task("run: x", "cache: { inputs: ['+(a|aa)b'] }"),
    code: "E-GLOB",
  },
  {
    what: "43 an empty scope",
    plan: task("agent: { prompt: x, scope: { write: [] } }"),
    code: "E-RANGE",
  },
  {
    what: "43 a scope with .git",
    plan: task("agent: { prompt: x, scope: { write: ['.git/**'] } }"),
    code: "E-SCOPE-GIT",
  },
  {
    what: "43 a scope with the lock file",
    plan: task("agent: { prompt: x, scope: { write: package-lock.json } }"),
    code: "E-SCOPE-LOCK",
  },
  {
    what: "45 an empty matrix",
    plan: task("run: x", "strategy: { matrix: { n: [] } }"),
    code: "E-MATRIX-EMPTY",
  },
  {
    what: "46 a huge matrix",
    plan: task(
      "run: x",
      `strategy: { matrix: { n: [${Array.from({ length: 40 }, (_, n) => n).join(",")}], m: [${Array.from({ length: 40 }, (_, n) => n).join(",")}] } }`,
    ),
    code: "E-MATRIX-SIZE",
  },
  {
    what: "47 a matrix entry twice",
    plan: task("run: x", "strategy: { matrix: { n: [1, 2, 1] } }"),
    code: "E-MATRIX-TWICE",
    at: "6:37",
  },
  {
    what: "48 an expression inside a matrix list",
    plan: `${head}vars: { x: 1 }\ntasks: { a: { run: x, strategy: { matrix: { n: ["\${{ vars.x }}"] } } } }\n`,
    code: "E-MATRIX-NESTED",
  },
  {
    what: "49 a matrix from a text",
    plan: task("run: x", "strategy: { matrix: { n: abc } }"),
    code: "E-MATRIX-LIST",
  },
  {
    what: "50 an exclude of no axis",
    plan: task("run: x", "strategy: { matrix: { n: [1, 2] }, exclude: [{ m: 1 }] }"),
    code: "E-MATRIX-KEY",
  },
  {
    what: "51 an unknown way to shard",
    plan: task("shard: { files: x, by: packge }"),
    code: "E-VALUE",
  },
  {
    what: "an unknown way to put units together",
    plan: task("report: { formats: [json], group-by: [outcom] }"),
    code: "E-VALUE",
  },
  {
    what: "51 shard bounds the wrong way",
    plan: task("shard: { files: x, by: package, max-files: 2, min-files: 3 }"),
    code: "E-SHARD",
  },
  {
    what: "52 generated files with a bad glob",
    plan: reduceOf("{ files: ['src/[a'], run: y }"),
    code: "E-GLOB",
    at: "5:61",
  },
  {
    what: "52 generated files out of the repository",
    plan: reduceOf("{ files: [a, ../b], run: y }"),
    code: "E-PATH",
  },
  {
    what: "52 generated files in .git",
    plan: reduceOf("{ files: ['sub/.git/hooks/*'], run: y }"),
    code: "E-SCOPE-GIT",
  },
  {
    what: "52 an expression where generated files are named",
    plan: reduceOf("{ files: ['${{ run.id }}'], run: y }"),
    code: "E-EXPR-PLACE",
  },
  {
    what: "52 generated files made from what is at an absolute path",
    plan: reduceOf("{ files: [a], inputs: [/etc/x], run: y }"),
    code: "E-PATH",
  },
  {
    what: "52 a reduce of nobody",
    plan: tasks(
      "fix: { run: x, strategy: { matrix: { n: [1] } } }",
      "b: { needs: [fix], reduce: { from: fxi } }",
    ),
    code: "E-REDUCE-FROM",
    suggestion: "fix",
  },
  {
    what: "52 two reduces of one",
    plan: tasks(
      "f: { run: x }",
      "b: { needs: [f], reduce: { from: f } }",
      "c: { needs: [f], reduce: { from: f } }",
    ),
    code: "E-REDUCE-TWICE",
  },
  {
    what: "53 more canaries than units",
    plan: task("run: x", "strategy: { matrix: { n: [1, 2] } }", "rollout: { canary: 3 }"),
    code: "E-ROLLOUT",
  },
  {
    what: "53 a pick that is not there",
    plan: task(
      "run: x",
      "strategy: { matrix: { n: [x, y] } }",
      "rollout: { canary: 1, pick: [z] }",
    ),
    code: "E-ROLLOUT",
  },
  {
    what: "53 more picks than canaries",
    plan: task(
      "run: x",
      "strategy: { matrix: { n: [x, y] } }",
      "rollout: { canary: 1, pick: [x, y] }",
    ),
    code: "E-ROLLOUT",
  },
  {
    what: "53 more to succeed than there are canaries",
    plan: task(
      "run: x",
      "strategy: { matrix: { n: [1, 2, 3] } }",
      "rollout: { canary: 2, require: 3 }",
    ),
    code: "E-ROLLOUT",
  },
  {
    what: "53 a share that is none",
    plan: task(
      "run: x",
      "strategy: { matrix: { n: [1, 2, 3] } }",
      "rollout: { canary: 2, require: 3/2 }",
    ),
    code: "E-PERCENT",
  },
  {
    what: "54 a gate without a word",
    plan: task("run: x", "gate: { approve: true }"),
    code: "E-GATE",
  },
  {
    what: "55 a branch name git refuses",
    plan: task("run: x", 'publish: { branch: "a..b" }'),
    code: "E-BRANCH",
  },
  {
    what: "55 the base as branch",
    plan: task("run: x", "publish: { branch: main }"),
    code: "E-BRANCH",
  },
  {
    what: "55 one branch for all units of a matrix",
    plan: task("run: x", "strategy: { matrix: { n: [1, 2] } }", "publish: { branch: b }"),
    code: "E-BRANCH",
  },
  {
    what: "55 one branch for several units in each repository",
    plan: task(
      "run: x",
      'strategy: { matrix: { repo: "${{ repos }}", n: [1, 2] } }',
      'workspace: { repo: "${{ matrix.repo }}" }',
      'publish: { branch: "b-${{ matrix.repo.name }}" }',
    ),
    code: "E-BRANCH",
  },
  { what: "55 nothing to publish", plan: task("publish: { branch: b }"), code: "E-PUBLISH" },
  {
    what: "55 a shard that publishes",
    plan: task("shard: { files: 'a', by: directory }", "publish: { branch: b }"),
    code: "E-PUBLISH",
  },
  {
    what: "56 a malformed repository",
    plan: `${head}repos: ["a b"]\ntasks: { a: { run: x } }\n`,
    code: "E-REPO",
  },
  {
    what: "56 nothing that names a repository",
    plan: `${head}repos: { include: ["unjs/*"] }\ntasks: { a: { run: x } }\n`,
    code: "E-REPO-NONE",
  },
  {
    what: "56 a list that leads elsewhere",
    plan: `${head}repos: { file: ../repos.txt }\ntasks: { a: { run: x } }\n`,
    code: "E-PATH",
  },
  {
    what: "56 one repository twice",
    plan: `${head}repos: [unjs/defu, "https://github.com/unjs/defu.git"]\ntasks: { a: { run: x } }\n`,
    code: "E-REPO-TWICE",
  },
  {
    what: "57 an empty group",
    plan: task("run: x", 'concurrency: { group: " " }'),
    code: "E-GROUP",
  },
  {
    what: "58 continue-on-error with fail-fast",
    plan: task(
      "run: x",
      "continue-on-error: true",
      "strategy: { matrix: { n: [1] }, fail-fast: true }",
    ),
    code: "E-CONTINUE",
  },
  {
    what: "59 a cached agent",
    plan: task("agent: { prompt: x, scope: { write: x } }", "cache: { inputs: [x] }"),
    code: "E-CACHE",
  },
  {
    what: "59 a cached reduce",
    plan: tasks("f: { run: x }", "b: { needs: [f], reduce: { from: f }, cache: { inputs: [x] } }"),
    code: "E-CACHE",
  },
  {
    what: "60 a bad environment name",
    plan: task("run: x", "env: { '1A': x }"),
    code: "E-ENV-NAME",
  },
  {
    what: "60 a reserved environment name",
    plan: task("run: x", "env: { SKEIN_OUT: x }"),
    code: "E-ENV-RESERVED",
  },
];

test.each(cases)("$what is $code", ({ plan, code, at, suggestion }) => {
  const parsed = parsePlan(plan, () => undefined);
  const found = parsed.ok ? [] : parsed.error.filter((one) => one.code === code);
  expect(parsed.ok ? [] : parsed.error.map((one) => one.code)).toContain(code);
  if (at !== undefined) expect(found.map((one) => `${one.line}:${one.column}`)).toContain(at);
  if (suggestion !== undefined) expect(found[0]?.suggestion).toBe(suggestion);
});

test("every error has a message, and a place unless the whole file is meant", () => {
  for (const { plan } of cases) {
    const parsed = parsePlan(plan, () => undefined);
    for (const one of parsed.ok ? [] : parsed.error) {
      expect(one.message).not.toBe("");
      if (!/^E-(?:FILE|YAML)-/.test(one.code)) expect(one.line).toBeGreaterThan(0);
    }
  }
});

test("all errors come at once, in the order of the text", () => {
  const plan = tasks(
    "a: { needs: [x], run: 'rm ${{ vars.f }}' }",
    "b: { need: [a], run: x }",
    "c: {}",
  );
  const parsed = parsePlan(plan, () => undefined);
  expect(parsed.ok ? [] : parsed.error.map((one) => one.code)).toEqual([
    "E-NEED-UNKNOWN",
    "E-VAR-UNKNOWN",
    "E-KEY-UNKNOWN",
    "E-ACTION-NONE",
  ]);
});

test("what is wrong with its shape does not hide what else is wrong with a plan", () => {
  const plan = `version: 1
name: t
descriptin: x
vars: { known: 1 }
budget: { usd: -1, wall: 5 mins }
tasks:
  a: { needs: [b], run: x, timeout: 5, agent: { prompt: p, scope: { write: a } } }
  b: { needs: [c], run: "echo \${{ quote(vars.foo) }}", verify: [{ rn: x }] }
  c: { need: [a], run: 5 }
  d: { needs: [c, nobody], steps: [{ run: y, skip: z }, { rnu: "echo \${{ quote(steps.q.exit-code) }}" }] }
permissions: { deny: [Bahs] }
`;
  const parsed = parsePlan(plan, () => undefined);
  expect(parsed.ok ? [] : parsed.error.map((one) => [one.line, one.code, one.path])).toEqual([
    [3, "E-KEY-UNKNOWN", "descriptin"],
    [5, "E-RANGE", "budget.usd"],
    [5, "E-DURATION", "budget.wall"],
    [7, "E-CYCLE", "tasks.a.needs"],
    [7, "E-KEY-UNKNOWN", "tasks.a.timeout"],
    [7, "E-ACTION-MANY", "tasks.a.agent"],
    [8, "E-VAR-UNKNOWN", "tasks.b.run"],
    [8, "E-KEY-MISSING", "tasks.b.verify[0].run"],
    [8, "E-KEY-UNKNOWN", "tasks.b.verify[0].rn"],
    [9, "E-KEY-UNKNOWN", "tasks.c.need"],
    [9, "E-TYPE-QUOTES", "tasks.c.run"],
    [10, "E-NEED-UNKNOWN", "tasks.d.needs[1]"],
    [10, "E-ACTION-MANY", "tasks.d.steps[0]"],
    [10, "E-KEY-UNKNOWN", "tasks.d.steps[1].rnu"],
    [10, "E-STEP-UNKNOWN", "tasks.d.steps[1].rnu"],
    [11, "E-RULE", "permissions.deny[0]"],
  ]);
});

test("a key that is written wrongly is told once, and what is in it is checked as if it were right", () => {
  const plan = `${head}task:
  a: { runs: x, timeout: 5 }
  b: { agnet: { prompt: 5 }, needs: [a] }
`;
  const parsed = parsePlan(plan, () => undefined);
  expect(parsed.ok ? [] : parsed.error.map((one) => [one.line, one.code, one.path])).toEqual([
    [3, "E-KEY-UNKNOWN", "task"],
    [4, "E-KEY-UNKNOWN", "task.a.runs"],
    [4, "E-KEY-UNKNOWN", "task.a.timeout"],
    [5, "E-KEY-UNKNOWN", "task.b.agnet"],
    [5, "E-KEY-MISSING", "task.b.agnet.scope"],
    [5, "E-TYPE-QUOTES", "task.b.agnet.prompt"],
  ]);
});

test("what is due is told in the words of YAML", () => {
  const parsed = parsePlan(task("agent: Rename x to y", "verify: npm test"), () => undefined);
  expect(parsed.ok ? [] : parsed.error.map(({ expected }) => expected)).toEqual([
    "a map of prompt, prompt-file, scope, model, budget, candidates",
    "a list",
  ]);
});

test("what is no YAML does not hide what else is wrong with a plan", () => {
  const plan = `version: 1
name: fix: all
name: again
vars: { old: @x }
budget: { usd: -3
tasks:
  a: { run: x, rnu: y }
  b:
    needs: [nobody]
    agent: { prompt: "x, scope: { write: a } }
  c:
    <<: *b
    needs: [a, a]
    steps:
      - run: "x
      - rnu: y
  d: { needs: e, run: x, env: { O: !!js/x "y", P: *none } }
  e: { needs: d, run: x }
`;
  const parsed = parsePlan(plan, () => undefined);
  expect(
    parsed.ok ? [] : parsed.error.map((one) => `${one.line}:${one.column} ${one.code}`),
  ).toEqual([
    "2:7 E-YAML-SYNTAX",
    "3:1 E-YAML-DUPLICATE",
    "4:14 E-YAML-SYNTAX",
    "5:9 E-YAML-SYNTAX",
    "7:16 E-KEY-UNKNOWN",
    "9:13 E-NEED-UNKNOWN",
    "10:12 E-YAML-SYNTAX",
    "12:5 E-YAML-MERGE",
    "13:16 E-NEED-TWICE",
    "15:14 E-YAML-SYNTAX",
    "16:9 E-KEY-UNKNOWN",
    "17:15 E-CYCLE",
    "17:43 E-YAML-TAG",
    "17:51 E-YAML-ALIASES",
  ]);
});

test("a mistake in an expression is shown where that stands, also in a long script", () => {
  const plan = `${head}vars: { known: 1 }
tasks:
  a:
    run: |
      set -e
      echo \${{ quote(vars.no) }} \${{ vars.known }} \${{ vars.known }}
    env: { A: "x \${{ vars.no }}", B: &b "\${{ vars.not }}", C: *b }
`;
  const parsed = parsePlan(plan, () => undefined);
  const places = parsed.ok ? [] : parsed.error.map((one) => [one.line, one.column, one.endColumn]);
  expect(places).toEqual([
    [8, 12, 33],
    [8, 34, 51],
    [8, 52, 69],
    [9, 18, 32],
    [9, 42, 57],
    [9, 63, 65],
  ]);
});

test("what is indented wrongly keeps quiet what it may have been needed for", () => {
  const broken = parsePlan(
    `${head}tasks:\n  a: { run: x, rnu: y }\n   b:\n    run: x\n  c: { needs: b, run: x }\n`,
    () => undefined,
  );
  expect(
    broken.ok ? [] : broken.error.map((one) => `${one.line}:${one.column} ${one.code}`),
  ).toEqual(["4:16 E-KEY-UNKNOWN", "5:4 E-YAML-SYNTAX"]);
});

test.each([
  { what: "an action that cannot be read", plan: task("run: 5") },
  { what: "a task that cannot be read", plan: tasks("a: 1", "b: { needs: a, run: x }") },
  {
    what: "a prompt that cannot be read",
    plan: task("agent: { prompt: 5, scope: { write: a } }"),
  },
  {
    what: "needs that cannot be read",
    plan: tasks(
      "a: { run: x, outputs: { o: { text: f } } }",
      "b: { depends-on: [a], run: 'echo ${{ quote(needs.a.outputs.o) }}' }",
    ),
  },
  {
    what: "outputs that cannot be read",
    plan: tasks(
      "a: { run: x, outputs: { o: 5 } }",
      "b: { needs: a, run: 'echo ${{ quote(needs.a.outputs.o) }}' }",
    ),
  },
  {
    what: "variables that cannot be read",
    plan: `${head}vars: [1]\ntasks: { a: { run: "echo \${{ quote(vars.x) }}" } }\n`,
  },
])("of $what nothing more is said than that", ({ plan }) => {
  const parsed = parsePlan(plan, () => undefined);
  expect(parsed.ok ? [] : parsed.error).toHaveLength(1);
});

/** What is said of a plan in which a task far down the chain reads this of another. */
function codesOfChain(read: string): readonly string[] {
  const plan = tasks(
    "a: { run: x, outputs: { o: { text: f } } }",
    "b: { needs: a, run: x, outputs: { o: { text: f } } }",
    "m: { needs: b, reduce: { from: b } }",
    `c: { needs: m, run: x, env: { O: "\${{ needs.${read} }}" } }`,
    "d: { needs: c, run: x, outputs: { o: { text: f } } }",
  );
  const parsed = parsePlan(plan, () => undefined);
  return parsed.ok ? [] : parsed.error.map((one) => one.code);
}

test("what is needed by what a task needs can be read without naming it, nothing else", () => {
  const above = ["a.outputs.o", "b.outcome", "m.outputs.failed_shards"];
  expect(above.flatMap(codesOfChain)).toEqual([]);
  expect(codesOfChain("d.outputs.o")).toEqual(["E-NEED-UNDECLARED"]);
});

test("44 two tasks that may write the same files side by side are a warning", () => {
  const agent = "agent: { prompt: x, scope: { write: ['src/**'] } }";
  const parsed = parsePlan(tasks(`a: { ${agent} }`, `b: { ${agent} }`), () => undefined);
  expect(parsed.ok && parsed.value.warnings.map((one) => one.code)).toEqual(["W-OVERLAP"]);
});

test.each([
  { key: "base", plan: task("run: x", "workspace: { base: main }") },
  { key: "setup", plan: task("run: x", "workspace: { setup: npm ci }") },
])("$key is valid, and named as not yet supported", ({ key, plan }) => {
  const parsed = parsePlan(plan, () => undefined);
  expect(
    parsed.ok && parsed.value.unsupported.map((one) => [one.code, one.path.split(".").at(-1)]),
  ).toEqual([["E-NOT-SUPPORTED", key]]);
});

test("several agents in place of a step are refused, with what to write instead", () => {
  const agent = "{ prompt: x, scope: { write: a }, candidates: 2 }";
  const steps = parsePlan(task(`steps: [{ run: y }, { agent: ${agent} }]`), () => undefined);
  const found = steps.ok ? steps.value.unsupported : [];
  expect(found.map(({ code, line, path }) => [code, line, path])).toEqual([
    ["E-NOT-SUPPORTED", 5, "tasks.a.steps[1].agent.candidates"],
  ]);
  expect(found[0]?.expected).toContain("a task of its own for this agent, with needs");
  const alone = parsePlan(task(`agent: ${agent}`), () => undefined);
  expect(alone.ok && alone.value.unsupported).toEqual([]);
});

test("no text makes the parser throw", () => {
  const pieces = fc.constantFrom(
    "version: 1\n",
    "name: t\n",
    "tasks:\n",
    "  a:\n",
    "    run: x\n",
    "${{ ",
    " }}",
    "[",
    "{",
    "&a ",
    "*a ",
    "- ",
    ": ",
    "\t",
    "\0",
    "'",
    "|\n",
    "vars.",
    "needs:",
    "strategy: { matrix: { n: ",
  );
  const texts = fc.oneof(
    fc.string(),
    fc
      .array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 40 })
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, (text) => typeof parsePlan(text, () => undefined).ok === "boolean"),
    { numRuns: 3_000 },
  );
});

const wholePlan = readFileSync("plans/assert-to-expect.yaml", "utf8");

/** The plan's lines of keys, with other values, other keys, or gone. */
const damaged = fc
  .array(
    fc.record({
      line: fc.nat(200),
      how: fc.oneof(
        fc.constantFrom("gone", "renamed", "unknown"),
        fc.jsonValue({ maxDepth: 1 }).map((value) => ({ value })),
      ),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((changes) => {
    const lines = wholePlan.split("\n");
    for (const { line, how } of changes) {
      const at = line % lines.length;
      const [, start = "", key = "", rest = ""] =
        /^(\s*)([\w-]+):(.*)$/.exec(lines[at] ?? "") ?? [];
      if (key === "") continue;
      if (how === "gone") lines[at] = "";
      else if (how === "renamed") lines[at] = `${start}${key}x:${rest}`;
      else if (how === "unknown") lines[at] = `${start}zzzzzzz:${rest}`;
      else lines[at] = `${start}${key}: ${JSON.stringify(how.value)}`;
    }
    return lines.join("\n");
  });

test("no plan is too broken to be told of what is wrong with it", () => {
  fc.assert(
    fc.property(damaged, (text) => {
      const parsed = parsePlan(text, () => "a prompt");
      expect(parsed.ok || parsed.error.length > 0).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

/** The plan, with one of its lines no longer YAML. */
const brokenYaml = fc
  .record({
    line: fc.nat(200),
    how: fc.constantFrom<(start: string, rest: string) => string>(
      (start, rest) => `${start}"${rest}`,
      (start, rest) => `${start}'${rest}`,
      (start, rest) => `${start}{ ${rest}`,
      (start, rest) => `${start}[${rest}`,
      (start, rest) => `${start}@${rest}`,
      (start, rest) => `${start}a: b: ${rest}`,
      (start, rest) => `\t${start}${rest}`,
      (start, rest) => ` ${start}${rest}`,
      (start, rest) => `${start}!!js/x ${rest}`,
      (start, rest) => `${start}*nobody ${rest}`,
      (start, rest) => `${start}${rest}\n${start}${rest}`,
    ),
  })
  .map(({ line, how }) => {
    const lines = wholePlan.split("\n");
    const at = line % lines.length;
    const [, start = "", rest = ""] =
      /^(\s*(?:- )?(?:[\w-]+: *)?)(.*)$/.exec(lines[at] ?? "") ?? [];
    lines[at] = how(start, rest);
    return lines.join("\n");
  });

test("one line that is not YAML brings no word on lines that are right", () => {
  fc.assert(
    fc.property(brokenYaml, (text) => {
      const parsed = parsePlan(text, () => "a prompt");
      expect(parsed.ok ? [] : parsed.error.map((one) => one.code)).toEqual(
        parsed.ok ? [] : parsed.error.map(() => expect.stringMatching(/^E-YAML-/)),
      );
    }),
    { numRuns: 300 },
  );
});
