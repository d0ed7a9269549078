import * as z from "zod";

/**
 * The door for journal lines. A journal lies in a repository, so whoever wrote the repository may have written it:
 * shapes are exact, and what later becomes an argument of git is nothing but a hash or a name git allows.
 */
import { agentEventSchema as agentEvent } from "./agent-event-schema.ts";
import { cutsShort } from "./command-end.ts";
import { conflictKinds, settlers } from "./conflict.ts";
import {
  attempt,
  budget,
  candidate,
  commit,
  count,
  failure,
  ms,
  outcome,
  patch,
  run,
  spend,
  state,
  task,
  text,
  unit,
  unitFinished,
  values,
} from "./event-parts-schema.ts";
import type { JournalEntry, RunEvent } from "./event.ts";
import { gateStages, gateVoices } from "./gate.ts";
import { permissionModeSchema } from "./permission.ts";
import { publishEvents } from "./publish-event-schema.ts";

const expandedUnits = z.array(
  z.strictObject({ id: unit, agent: z.boolean(), repo: text.exactOptional() }),
);

const planEvents = [
  z.strictObject({
    kind: z.literal("run-started"),
    run,
    name: text,
    goal: text.exactOptional(),
    repo: text,
    base: commit,
    model: text,
    offline: z.boolean(),
    shell: z.enum(["bubblewrap", "unsandboxed", "look-only"]),
    mode: permissionModeSchema.exactOptional(),
    agentsMax: count,
    budget,
  }),
  z.strictObject({ kind: z.literal("run-resumed"), units: z.array(unit), tasks: z.array(task) }),
  z.strictObject({
    kind: z.literal("plan-accepted"),
    plan: text,
    vars: values,
    tasks: z.array(task),
    promptsIn: text,
    prompts: z.record(text, text),
    only: z.array(text).exactOptional(),
    repos: z
      .array(
        z.strictObject({ repo: text, base: text.exactOptional(), commit: commit.exactOptional() }),
      )
      .exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("plan-changed"),
    plan: text,
    tasks: z.array(task),
    promptsIn: text,
    prompts: z.record(text, text),
    expanded: z.array(z.strictObject({ task, units: expandedUnits })),
  }),
  z.strictObject({ kind: z.literal("plan-grown"), by: unit, plan: text, added: z.array(task) }),
  z.strictObject({
    kind: z.literal("task-expanded"),
    task,
    units: expandedUnits,
  }),
  z.strictObject({ kind: z.literal("task-ended"), task, outcome, reason: text }),
  z.strictObject({ kind: z.literal("rollout-judged"), task, goesOn: z.boolean(), reason: text }),
  z.strictObject({
    kind: z.literal("gate-waiting"),
    task,
    stage: z.enum(gateStages),
    message: text,
    shown: z.array(text),
  }),
  z.strictObject({
    kind: z.literal("gate-decided"),
    task,
    approved: z.boolean(),
    by: z.enum(gateVoices),
  }),
] as const;

const unitEvents = [
  z.strictObject({
    kind: z.literal("unit-started"),
    unit,
    task,
    attempt,
    base: commit,
    ref: text,
  }),
  z.strictObject({
    kind: z.literal("unit-state"),
    unit,
    attempt,
    candidate: candidate.exactOptional(),
    state,
  }),
  z.strictObject({
    kind: z.literal("agent"),
    unit,
    attempt,
    candidate: candidate.exactOptional(),
    event: agentEvent,
  }),
  z.strictObject({
    kind: z.literal("candidate-ended"),
    unit,
    attempt,
    candidate,
    outcome,
    reason: text.exactOptional(),
    patch: patch.exactOptional(),
    patchFile: text.exactOptional(),
    newlyPassing: count,
    spent: spend,
  }),
  z.strictObject({
    kind: z.literal("candidate-chosen"),
    unit,
    attempt,
    candidate,
    by: z.enum(["checks", "judge"]),
    reason: text,
  }),
  z.strictObject({ kind: z.literal("cache-hit"), unit, reason: text }),
  z.strictObject({ kind: z.literal("cache-miss"), unit, reason: text }),
  z.strictObject({
    kind: z.literal("command-finished"),
    unit,
    command: text,
    exitCode: z.int(),
    cut: z.enum(cutsShort).exactOptional(),
    durationMs: ms,
    log: text,
  }),
  z.strictObject({
    kind: z.literal("unit-retrying"),
    unit,
    attempt,
    candidate: candidate.exactOptional(),
    sameAgent: z.literal(true).exactOptional(),
    failure,
    waitMs: ms,
  }),
  unitFinished,
] as const;

const mergeEvents = [
  z.strictObject({ kind: z.literal("hook-warned"), unit: unit.exactOptional(), text }),
  z.strictObject({ kind: z.literal("merge-started"), unit, from: z.array(unit) }),
  z.strictObject({
    kind: z.literal("patch-merged"),
    unit,
    patch: unit,
    commit,
    resolved: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal("baseline-taken"),
    unit: unit.exactOptional(),
    command: text,
    exitCode: z.int(),
    cut: z.enum(cutsShort).exactOptional(),
    durationMs: ms,
    log: text,
    passed: count.exactOptional(),
    failed: count.exactOptional(),
    skipped: count.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("baseline-missed"), command: text, reason: text }),
  z.strictObject({
    kind: z.literal("tests-compared"),
    unit,
    command: text,
    newlyFailing: z.array(text),
    removed: z.array(text),
    flaky: z.array(text),
    newlyPassing: count,
    passed: count,
    failed: count,
    skipped: count,
  }),
  z.strictObject({ kind: z.literal("merge-verified"), unit, merged: count, ok: z.boolean() }),
  z.strictObject({
    kind: z.literal("commit-merged"),
    commit,
    parents: z.array(commit).min(1),
  }),
  z.strictObject({
    kind: z.literal("conflict-found"),
    unit,
    patch: unit,
    files: z.array(
      z.strictObject({ file: text, kind: z.enum(conflictKinds), by: z.enum(settlers) }),
    ),
  }),
  z.strictObject({ kind: z.literal("patch-dropped"), unit, patch: unit, reason: text }),
  z.strictObject({
    kind: z.literal("run-finished"),
    run,
    outcomes: z.partialRecord(outcome, count),
    exitCode: z.int().min(0).max(255),
    result: z
      .strictObject({
        branch: z.string().regex(/^skein\/[A-Za-z0-9][\w-]{0,63}$/, "not a branch of a run"),
        commit,
        files: count,
        insertions: count,
        deletions: count,
      })
      .exactOptional(),
    merged: z.array(unit),
    notMerged: z.array(z.strictObject({ unit: text, outcome, reason: text })),
    spent: spend,
    durationMs: ms,
    failure: failure.exactOptional(),
  }),
] as const;

export const runEventSchema: z.ZodType<RunEvent> = z.discriminatedUnion("kind", [
  ...planEvents,
  ...unitEvents,
  ...publishEvents,
  ...mergeEvents,
]);

export const journalEntrySchema: z.ZodType<JournalEntry> = z.strictObject({
  seq: count,
  at: count,
  event: runEventSchema,
});
