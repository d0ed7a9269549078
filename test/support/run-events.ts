import fc from "fast-check";

import { conflictKinds, settlers } from "../../src/model/conflict.ts";
import {
  type AgentEvent,
  cacheMisses,
  contextChanges,
  type JournalEntry,
  type RunEvent,
} from "../../src/model/event.ts";
import { type Failure, failureKinds } from "../../src/model/failure.ts";
import { gateStages, gateVoices } from "../../src/model/gate.ts";
import type { CommitId, RunId, TaskId, UnitId } from "../../src/model/ids.ts";
import type { Value } from "../../src/model/plan.ts";
import type { Spend } from "../../src/model/spend.ts";
import type { Outcome, UnitState } from "../../src/model/unit.ts";

/** Any text, escape sequences and bidirectional marks among it. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(
    "\u001b[2J\u001b[H",
    "\u009b31m",
    "\u202eevil",
    "a\r\nb",
    "=1+1",
    "日本語",
    "\u001b]0;x\u0007",
  ),
);
const unit = fc.constantFrom("a", "fix[b]", "fix[\u001b[31mc]", "merge").map((id) => id as UnitId);
const task = fc.constantFrom("a", "fix", "merge").map((id) => id as TaskId);
const run = fc.constant("261123-120000-abcd" as RunId);
const commit = fc.constantFrom("1".repeat(40), "f".repeat(64)).map((id) => id as CommitId);
const count = fc.nat(10_000);
const attempt = fc.integer({ min: 1, max: 4 });
const ms = fc.integer({ min: -1_000, max: 1_000_000 });
const value = fc.jsonValue().map((json) => json as Value);
const values = fc.dictionary(
  fc.string({ maxLength: 5 }).filter((key) => key !== "__proto__"),
  value,
  { maxKeys: 2 },
);
const outcome = fc.constantFrom<Outcome>(
  "done",
  "noop",
  "skipped",
  "baseline-red",
  "setup-failed",
  "failed",
  "out-of-scope",
  "unresolved",
  "blocked",
  "budget",
  "cancelled",
  "awaiting-approval",
);
const state = fc.constantFrom<UnitState>(
  "queued",
  "setup",
  "acting",
  "verifying",
  "verified",
  "merging",
  "ended",
);
const spend: fc.Arbitrary<Spend> = fc.record({
  turns: count,
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  usd: fc.integer({ min: 0, max: 500 }).map((cents) => cents / 128),
});
const failure: fc.Arbitrary<Failure> = fc.record(
  {
    kind: fc.constantFrom(...failureKinds),
    message: hostileText,
    hint: hostileText,
    detail: hostileText,
  },
  { requiredKeys: ["kind", "message"] },
);
const texts = fc.array(hostileText, { maxLength: 3 });
const patch = fc.record({
  base: commit,
  commit,
  files: texts,
  insertions: count,
  deletions: count,
});

/** One arbitrary per kind: the type checker asks for a new one when the union grows. */
type PerKind<Union extends { readonly kind: string }> = {
  readonly [Kind in Union["kind"]]: fc.Arbitrary<
    Omit<Extract<Union, { readonly kind: Kind }>, "kind">
  >;
};

function union<Union extends { readonly kind: string }>(
  kinds: PerKind<Union>,
): fc.Arbitrary<Union> {
  const all = Object.entries<fc.Arbitrary<object>>(kinds);
  return fc.oneof(
    ...all.map(([kind, rest]) => rest.map((more) => ({ kind, ...more }) as unknown as Union)),
  );
}

export const agentEvent = union<AgentEvent>({
  "turn-started": fc.record({ turn: count }),
  reserved: fc.record({ usd: fc.double({ min: 0, max: 9, noNaN: true }), tokens: count }),
  said: fc.record({ text: hostileText }),
  "tool-started": fc.record({ tool: hostileText, input: hostileText }),
  "tool-finished": fc.record({
    tool: hostileText,
    ok: fc.boolean(),
    durationMs: ms,
    outputChars: count,
  }),
  refused: fc.record(
    {
      tool: hostileText,
      about: hostileText,
      reason: hostileText,
      rule: hostileText,
      suggestion: hostileText,
    },
    { requiredKeys: ["tool", "about", "reason"] },
  ),
  replayed: fc.record({ turns: count, usd: fc.double({ min: 0, max: 9, noNaN: true }) }),
  "cache-missed": fc.record({ why: fc.constantFrom(...cacheMisses), tokens: count }),
  "hook-warned": fc.record({ text: hostileText }),
  context: fc.record(
    {
      did: fc.constantFrom(...contextChanges),
      before: fc.nat(),
      after: fc.nat(),
      why: hostileText,
      reason: fc.constant("by-hand"),
    },
    { requiredKeys: ["did", "before", "after"] },
  ),
  spent: fc.record({ spent: spend, reply: hostileText }, { requiredKeys: ["spent"] }),
  "paid-before": fc.record({
    replies: fc.array(fc.record({ reply: hostileText, spent: spend }), { maxLength: 3 }),
  }),
  "api-retry": fc.record({ status: fc.integer({ min: 0, max: 599 }), waitMs: ms }),
});

const unitFinished = fc.record(
  {
    unit,
    task,
    attempt,
    outcome,
    reason: hostileText,
    failure,
    patch,
    patchFile: hostileText,
    outputs: values,
    summary: hostileText,
    evidence: texts,
    openIssues: texts,
    spent: spend,
    durationMs: ms,
  },
  { requiredKeys: ["unit", "task", "attempt", "outcome", "outputs", "spent", "durationMs"] },
);

export const runEvent: fc.Arbitrary<RunEvent> = union<RunEvent>({
  "run-started": fc.record(
    {
      run,
      name: hostileText,
      goal: hostileText,
      repo: hostileText,
      base: commit,
      model: hostileText,
      offline: fc.boolean(),
      shell: fc.constantFrom("bubblewrap", "unsandboxed", "look-only"),
      agentsMax: count,
      budget: fc.constantFrom({}, { usd: 1.5, tokens: 10_000, turns: 3, wallMs: 60_000 }),
    },
    {
      requiredKeys: [
        "run",
        "name",
        "repo",
        "base",
        "model",
        "offline",
        "shell",
        "agentsMax",
        "budget",
      ],
    },
  ),
  "run-resumed": fc.record({
    units: fc.uniqueArray(unit, { maxLength: 3 }),
    tasks: fc.uniqueArray(task, { maxLength: 3 }),
  }),
  "plan-accepted": fc.record(
    {
      plan: hostileText,
      vars: values,
      tasks: fc.array(task, { maxLength: 3 }),
      promptsIn: hostileText,
      prompts: fc.constantFrom({}, { "prompts/a.md": "do it" }),
      only: texts,
    },
    { requiredKeys: ["plan", "vars", "tasks", "promptsIn", "prompts"] },
  ),
  "plan-changed": fc.record({
    plan: hostileText,
    tasks: fc.array(task, { maxLength: 3 }),
    promptsIn: hostileText,
    prompts: fc.constantFrom({}, { "prompts/a.md": "do it" }),
    expanded: fc.array(
      fc.record({
        task,
        units: fc.array(fc.record({ id: unit, agent: fc.boolean() }), { maxLength: 4 }),
      }),
      { maxLength: 2 },
    ),
  }),
  "plan-grown": fc.record({ by: unit, plan: hostileText, added: fc.array(task, { maxLength: 3 }) }),
  "task-expanded": fc.record({
    task,
    units: fc.array(fc.record({ id: unit, agent: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  }),
  "task-ended": fc.record({ task, outcome, reason: hostileText }),
  "rollout-judged": fc.record({ task, goesOn: fc.boolean(), reason: hostileText }),
  "gate-waiting": fc.record({
    task,
    stage: fc.constantFrom(...gateStages),
    message: hostileText,
    shown: texts,
  }),
  "gate-decided": fc.record({
    task,
    approved: fc.boolean(),
    by: fc.constantFrom(...gateVoices),
  }),
  "unit-started": fc.record({ unit, task, attempt, base: commit, ref: hostileText }),
  "unit-state": fc.record(
    { unit, attempt, candidate: attempt, state },
    { requiredKeys: ["unit", "attempt", "state"] },
  ),
  agent: fc.record(
    { unit, attempt, candidate: attempt, event: agentEvent },
    { requiredKeys: ["unit", "attempt", "event"] },
  ),
  "cache-hit": fc.record({ unit, reason: hostileText }),
  "cache-miss": fc.record({ unit, reason: hostileText }),
  "command-finished": fc.record({
    unit,
    command: hostileText,
    exitCode: fc.integer({ min: -1, max: 255 }),
    durationMs: ms,
    log: hostileText,
  }),
  "unit-retrying": fc.record(
    { unit, attempt, sameAgent: fc.constant(true as const), failure, waitMs: ms },
    { requiredKeys: ["unit", "attempt", "failure", "waitMs"] },
  ),
  "candidate-ended": fc.record(
    {
      unit,
      attempt,
      candidate: attempt,
      outcome,
      reason: hostileText,
      patch,
      patchFile: hostileText,
      newlyPassing: count,
      spent: spend,
    },
    { requiredKeys: ["unit", "attempt", "candidate", "outcome", "newlyPassing", "spent"] },
  ),
  "candidate-chosen": fc.record({
    unit,
    attempt,
    candidate: attempt,
    by: fc.constantFrom("checks" as const, "judge" as const),
    reason: hostileText,
  }),
  "unit-finished": unitFinished,
  "publish-started": fc.record({
    unit,
    branch: hostileText,
    finished: unitFinished.map((rest) => ({ kind: "unit-finished" as const, ...rest })),
  }),
  published: fc.record(
    {
      unit,
      branch: hostileText,
      package: hostileText,
      commit,
      pr: fc.constant("https://code.example.org/a/b/pull/1"),
      reason: hostileText,
      patch: fc.record({ url: hostileText, base: commit, file: hostileText }),
    },
    { requiredKeys: ["unit", "branch", "commit"] },
  ),
  "publish-skipped": fc.record(
    { unit, branch: hostileText, package: hostileText, reason: hostileText },
    { requiredKeys: ["unit", "branch", "reason"] },
  ),
  "publish-failed": fc.record(
    { unit, branch: hostileText, package: hostileText, failure },
    { requiredKeys: ["unit", "branch", "failure"] },
  ),
  "would-publish": fc.record(
    { unit, branch: hostileText, package: hostileText, commit, shown: hostileText },
    { requiredKeys: ["unit", "branch", "commit", "shown"] },
  ),
  "merge-started": fc.record({ unit, from: fc.array(unit, { maxLength: 3 }) }),
  "patch-merged": fc.record({ unit, patch: unit, commit, resolved: fc.boolean() }),
  "baseline-taken": fc.record(
    {
      unit,
      command: hostileText,
      exitCode: fc.integer({ min: -1, max: 255 }),
      durationMs: ms,
      log: hostileText,
      passed: count,
      failed: count,
      skipped: count,
    },
    { requiredKeys: ["command", "exitCode", "durationMs", "log"] },
  ),
  "baseline-missed": fc.record({ command: hostileText, reason: hostileText }),
  "tests-compared": fc.record({
    unit,
    command: hostileText,
    newlyFailing: texts,
    removed: texts,
    flaky: texts,
    newlyPassing: count,
    passed: count,
    failed: count,
    skipped: count,
  }),
  "merge-verified": fc.record({ unit, merged: count, ok: fc.boolean() }),
  "commit-merged": fc.record({
    commit,
    parents: fc.array(commit, { minLength: 1, maxLength: 2 }),
  }),
  "conflict-found": fc.record({
    unit,
    patch: unit,
    files: fc.array(
      fc.record({
        file: hostileText,
        kind: fc.constantFrom(...conflictKinds),
        by: fc.constantFrom(...settlers),
      }),
    ),
  }),
  "patch-dropped": fc.record({ unit, patch: unit, reason: hostileText }),
  "hook-warned": fc.record({ unit, text: hostileText }, { requiredKeys: ["text"] }),
  "run-finished": fc.record(
    {
      run,
      outcomes: fc.dictionary(outcome, count, { maxKeys: 4 }),
      exitCode: fc.constantFrom(0, 1, 3, 4, 130),
      result: fc.record({
        branch: fc.constant("skein/261123-120000-abcd"),
        commit,
        files: count,
        insertions: count,
        deletions: count,
      }),
      merged: fc.array(unit, { maxLength: 3 }),
      notMerged: fc.array(fc.record({ unit: hostileText, outcome, reason: hostileText }), {
        maxLength: 3,
      }),
      spent: spend,
      durationMs: ms,
      failure,
    },
    { requiredKeys: ["run", "outcomes", "exitCode", "merged", "notMerged", "spent", "durationMs"] },
  ),
});

/** A journal of any events in any order: numbered, and later ones no earlier in time. */
export const journal: fc.Arbitrary<readonly JournalEntry[]> = fc
  .array(fc.tuple(runEvent, fc.nat(5_000)), { maxLength: 40 })
  .map((steps) => {
    let at = 1_700_000_000_000;
    return steps.map(([event, wait], seq) => ({ seq, at: (at += wait), event }));
  });
