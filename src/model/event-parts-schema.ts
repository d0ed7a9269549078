import * as z from "zod";

import { failureKinds } from "./failure.ts";
import type { CommitId, RunId, TaskId, UnitId } from "./ids.ts";
import type { Value } from "./plan.ts";
import type { Outcome, UnitState } from "./unit.ts";

/** What events are made of, as it is read back from a journal. */
export const text = z.string();
export const run = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,63}$/, "not a run's id")
  .transform((id) => id as RunId);
export const task = text.transform((id) => id as TaskId);
export const unit = text.transform((id) => id as UnitId);
export const commit = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "not a commit's hash")
  .transform((id) => id as CommitId);
export const count = z.int().min(0);
export const attempt = z.int().min(1);
export const candidate = z.int().min(1);
/** May be below 0 when the machine's clock was set back meanwhile. */
export const ms = z.number();
const value = z.json().transform((json) => json as Value);
export const values = z.record(text, value);

const outcomes = [
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
] as const satisfies readonly Outcome[];
export const outcome = z.enum(outcomes);
export const state = z.enum([
  "queued",
  "setup",
  "baseline",
  "acting",
  "verifying",
  "verified",
  "merging",
  "ended",
] as const satisfies readonly UnitState[]);

export const failure = z.strictObject({
  kind: z.enum(failureKinds),
  message: text,
  hint: text.exactOptional(),
  detail: text.exactOptional(),
});
export const patch = z.strictObject({
  base: commit,
  commit,
  files: z.array(text),
  insertions: count,
  deletions: count,
});

export const budget = z.strictObject({
  usd: z.number().positive().exactOptional(),
  tokens: count.exactOptional(),
  turns: count.exactOptional(),
  wallMs: z.number().positive().exactOptional(),
});

export const spend = z.strictObject({
  turns: count,
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  cacheWriteTokens: count,
  usd: z.number().min(0),
});

export const unitFinished = z.strictObject({
  kind: z.literal("unit-finished"),
  unit,
  task,
  /** 0: it ended before it was begun. */
  attempt: count,
  outcome,
  reason: text.exactOptional(),
  failure: failure.exactOptional(),
  patch: patch.exactOptional(),
  patchFile: text.exactOptional(),
  outputs: values,
  summary: text.exactOptional(),
  evidence: z.array(text).exactOptional(),
  openIssues: z.array(text).exactOptional(),
  spent: spend,
  durationMs: ms,
});
