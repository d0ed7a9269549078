import * as z from "zod";

import { momentSchema, observationSchema } from "./memory-observation.ts";
import { readKeySchema } from "./memory-reading.ts";

/** An observation is named by its session and its place in it. */
export const sourceKeySchema = z.object({ session: z.string(), seq: z.number().int().min(0) });
export type SourceKey = z.output<typeof sourceKeySchema>;

/**
 * A line of memory's own record. The store is a fold over these, as a run is of its journal: they are a set, their order
 * says nothing. What a person decides names observations and not facts, whose ids follow from them.
 */
export const memoryEntrySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("observed"), observation: observationSchema }),
  /**
   * These observations say nothing any more, and another one `instead`, where a person changed what they say; erased, their words go
   * from the record, too.
   */
  z.object({
    type: z.literal("forgot"),
    at: momentSchema,
    sources: z.array(sourceKeySchema),
    instead: sourceKeySchema.optional(),
    erased: z.literal(true).optional(),
  }),
  /** A person looked at what waited. */
  z.object({
    type: z.literal("reviewed"),
    at: momentSchema,
    verdict: z.enum(["accepted", "rejected"]),
    sources: z.array(sourceKeySchema),
  }),
  /** A person took back what they had decided at a moment: what was forgotten or reviewed then by these sources, and what they said. */
  z.object({
    type: z.literal("revoked"),
    at: momentSchema,
    of: momentSchema,
    sources: z.array(sourceKeySchema),
    said: sourceKeySchema.optional(),
  }),
  /** A fact was read by an agent. */
  z.object({ type: z.literal("used"), at: momentSchema, source: sourceKeySchema }),
  /** What lines that a compaction took out came to: other sessions that said what this one says, and reads up to a moment. */
  z.object({
    type: z.literal("counted"),
    source: sourceKeySchema,
    sessions: z.array(z.string()),
    uses: z.object({ until: momentSchema, times: z.number().int().min(1) }).optional(),
  }),
  /** A model read a text that came without a key, named by its SHA-256: what it says of what, or (null) nothing that has a key. */
  z.object({
    type: z.literal("read"),
    at: momentSchema,
    of: z.string().regex(/^[0-9a-f]{64}$/),
    key: readKeySchema.nullable(),
    /** Why the key that it gave was not taken. */
    dropped: z.string().max(200).optional(),
    /** The model, and the run that asked it. */
    by: z.string().max(200),
    run: z.string().max(200),
  }),
]);
export type MemoryEntry = z.output<typeof memoryEntrySchema>;
