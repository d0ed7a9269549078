/** What a person tells a run that is at work, and what they are told back: from another terminal or at the run's own. */
import * as z from "zod";

import { failureKinds } from "./failure.ts";

const name = z.string().min(1).max(300);
const text = z.string().max(4_000);

export const controlRequestSchema = z.discriminatedUnion("command", [
  z.strictObject({ command: z.literal("cancel") }),
  /** Agents sum up their contexts now; of one unit, or of all units of a task. */
  z.strictObject({ command: z.literal("compact"), unit: name.exactOptional() }),
  /** A word about a gate. */
  z.strictObject({ command: z.literal("approve"), task: name, approved: z.boolean() }),
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** What came of a compaction that a person asked for. Tokens of the context. */
export const compactionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("compacted"), before: z.int(), after: z.int() }),
  /** The context is as it was, for a reason that is a clause. */
  z.strictObject({ kind: z.literal("left"), tokens: z.int(), why: z.string().max(400) }),
  /** The agent ended before it came to it. */
  z.strictObject({ kind: z.literal("ended") }),
]);
export type Compaction = z.infer<typeof compactionSchema>;

const failureSchema = z.strictObject({
  kind: z.enum(failureKinds),
  message: text,
  hint: text.optional(),
  detail: text.optional(),
});

export const controlAnswerSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("compactions"),
    agents: z.array(z.strictObject({ unit: z.string(), came: compactionSchema })),
  }),
  z.strictObject({ kind: z.literal("decided"), task: z.string(), approved: z.boolean() }),
  /** The run has ended, with this exit code. */
  z.strictObject({ kind: z.literal("stopped"), exitCode: z.int() }),
  z.strictObject({ kind: z.literal("refused"), failure: failureSchema }),
]);
export type ControlAnswer = z.infer<typeof controlAnswerSchema>;
