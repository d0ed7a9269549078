import * as z from "zod";

import { factIdSchema, kinds, probeSchema } from "./memory-observation.ts";

export const factStatuses = ["active", "superseded", "quarantined", "expired"] as const;

const text = z.string().max(2_000);
const source = z.object({
  session: z.string().max(200),
  seq: z.number().int().min(0),
  artifact: z.string().max(200).optional(),
  commit: z.string().max(200).optional(),
});
export type Source = z.output<typeof source>;

/**
 * What is known, as its file, `skein memory export --json` and the code name it (docs/memory.md). `null` says that there
 * is none. Times are ISO 8601 in UTC; days are `YYYY-MM-DD`.
 */
export const factSchema = z.object({
  /** A ULID of its first observation, also of what that said before it was edited: the same fact has the same one wherever it is made. */
  id: factIdSchema,
  kind: z.enum(kinds),
  /** `user`, `project` or `agents/<role>`. */
  scope: z
    .string()
    .regex(/^(?:user|project|agents\/[a-z0-9][a-z0-9-]{0,39})$/, "user, project or agents/<role>"),
  status: z.enum(factStatuses),
  subject: text,
  predicate: text,
  value: text,
  qualifiers: z.record(z.string(), z.string()),
  /** What it says, for people and agents. */
  text: z.string().max(4_000),
  valid_from: z.string(),
  valid_to: z.string().nullable(),
  /** When it was first observed. */
  observed_at: z.string(),
  /** When the latest of its sources was. */
  recorded_at: z.string(),
  sources: z.array(source).min(1, "a fact without a source is none"),
  /** 4 said by a person, 3 seen in a run, 2 read in a file, 1 inferred by a model, 0 from outside. */
  evidence: z.number().int().min(0).max(4),
  confidence: z.number().min(0).max(1),
  /** Sessions that say so. */
  support: z.number().int().min(1),
  last_used: z.string().nullable(),
  use_count: z.number().int().min(0),
  supersedes: z.array(z.string()),
  superseded_by: z.string().nullable(),
  verify: probeSchema.nullable(),
  /** Why it waits for a person; it is out of the index until then. */
  review: z.string().nullable(),
  /** Of all that is above. A file with another one was edited. */
  hash: z.string(),
});
export type Fact = z.output<typeof factSchema>;
