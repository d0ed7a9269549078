import type { JournalEntry, RunEvent } from "../../src/model/event.ts";
import type { CommitId, RunId, TaskId, UnitId } from "../../src/model/ids.ts";
import { noSpend, type Spend } from "../../src/model/spend.ts";

export const storyStart = Date.UTC(2026, 10, 23, 12, 0, 0);
const base = "1".repeat(40) as CommitId;
const made = "2".repeat(40) as CommitId;
const task = "fix" as TaskId;

export function spend(turns: number): Spend {
  return {
    turns,
    inputTokens: 100 * turns,
    outputTokens: 50 * turns,
    cacheReadTokens: 900 * turns,
    cacheWriteTokens: 20 * turns,
    usd: turns / 100,
  };
}

/** Numbers events and gives each a time, a second apart. */
export function journalOf(events: readonly RunEvent[], stepMs = 1_000): readonly JournalEntry[] {
  return events.map((event, seq) => ({ seq, at: storyStart + seq * stepMs, event }));
}

export function runStarted(
  more: Partial<Extract<RunEvent, { kind: "run-started" }>> = {},
): RunEvent {
  return {
    kind: "run-started",
    run: "261123-120000-abcd" as RunId,
    name: "assert to expect",
    repo: "/home/someone/repo",
    base,
    model: "claude-sonnet-5-5",
    offline: false,
    shell: "bubblewrap",
    agentsMax: 4,
    budget: {},
    ...more,
  };
}

/** A unit from its start to its end. */
export function unitStory(
  name: string,
  end: Partial<Extract<RunEvent, { kind: "unit-finished" }>> = {},
): readonly RunEvent[] {
  const unit = name as UnitId;
  const spent = end.spent ?? spend(3);
  return [
    { kind: "unit-started", unit, task, attempt: 1, base, ref: `refs/skein/x/${name}/1` },
    { kind: "unit-state", unit, attempt: 1, state: "acting" },
    { kind: "agent", unit, attempt: 1, event: { kind: "turn-started", turn: 1 } },
    { kind: "agent", unit, attempt: 1, event: { kind: "spent", spent: spend(1) } },
    {
      kind: "agent",
      unit,
      attempt: 1,
      event: { kind: "tool-started", tool: "Edit", input: "src/a.ts" },
    },
    { kind: "unit-state", unit, attempt: 1, state: "verifying" },
    {
      kind: "command-finished",
      unit,
      command: "npm test",
      exitCode: end.outcome === undefined || end.outcome === "done" ? 0 : 1,
      durationMs: 2_000,
      log: `logs/${name}-1.log`,
    },
    {
      kind: "unit-finished",
      unit,
      task,
      attempt: 1,
      outcome: "done",
      outputs: {},
      patch: { base, commit: made, files: ["src/a.ts"], insertions: 3, deletions: 2 },
      summary: "Converted the calls.",
      spent,
      durationMs: 41_000,
      ...end,
    },
  ];
}

/** A whole run: two units that go well, one that fails, one conflict that is settled, a merge that is green. */
export const story: readonly JournalEntry[] = journalOf([
  runStarted(),
  {
    kind: "plan-accepted",
    plan: "version: 1\n",
    vars: {},
    tasks: [task, "merge" as TaskId, "extra" as TaskId],
    promptsIn: "/home/someone/repo",
    prompts: {},
  },
  {
    kind: "task-expanded",
    task,
    units: ["fix[a]", "fix[b]", "fix[c]"].map((id) => ({ id: id as UnitId, agent: true })),
  },
  ...unitStory("fix[a]"),
  ...unitStory("fix[b]", {
    outcome: "failed",
    reason: "verify: npm test exited with 1",
    failure: {
      kind: "command",
      message: "verify: npm test exited with 1",
      hint: "run it in the unit's worktree",
      detail: "1 failing\nexpected 3 to equal 4",
    },
    patchFile: "patches/fix-b.patch",
  }),
  ...unitStory("fix[c]", { openIssues: ["src/b.ts still has a TODO"] }),
  {
    kind: "task-ended",
    task: "extra" as TaskId,
    outcome: "skipped",
    reason: "its condition is false",
  },
  {
    kind: "task-expanded",
    task: "merge" as TaskId,
    units: [{ id: "merge" as UnitId, agent: false }],
  },
  {
    kind: "unit-started",
    unit: "merge" as UnitId,
    task: "merge" as TaskId,
    attempt: 1,
    base,
    ref: "r",
  },
  { kind: "merge-started", unit: "merge" as UnitId, from: ["fix[a]", "fix[c]"] as UnitId[] },
  { kind: "unit-state", unit: "merge" as UnitId, attempt: 1, state: "merging" },
  {
    kind: "patch-merged",
    unit: "merge" as UnitId,
    patch: "fix[a]" as UnitId,
    commit: made,
    resolved: false,
  },
  {
    kind: "conflict-found",
    unit: "merge" as UnitId,
    patch: "fix[c]" as UnitId,
    files: [{ file: "src/a.ts", kind: "text", by: "agent" }],
  },
  {
    kind: "patch-merged",
    unit: "merge" as UnitId,
    patch: "fix[c]" as UnitId,
    commit: made,
    resolved: true,
  },
  {
    kind: "unit-finished",
    unit: "merge" as UnitId,
    task: "merge" as TaskId,
    attempt: 1,
    outcome: "done",
    outputs: {},
    patch: { base, commit: made, files: ["src/a.ts", "src/b.ts"], insertions: 6, deletions: 4 },
    spent: noSpend,
    durationMs: 6_000,
  },
  {
    kind: "run-finished",
    run: "261123-120000-abcd" as RunId,
    outcomes: { done: 3, failed: 1, skipped: 1 },
    exitCode: 1,
    result: {
      branch: "skein/261123-120000-abcd",
      commit: made,
      files: 2,
      insertions: 6,
      deletions: 4,
    },
    merged: ["fix[a]", "fix[c]"] as UnitId[],
    notMerged: [{ unit: "fix[b]", outcome: "failed", reason: "verify: npm test exited with 1" }],
    spent: spend(9),
    durationMs: 34_000,
  },
]);
