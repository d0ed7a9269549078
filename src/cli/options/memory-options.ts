import * as z from "zod";

import { hasWords } from "../../core/memory/line-of-list.ts";
import { kinds } from "../../model/memory-observation.ts";
import { serverShape } from "./server-shape.ts";

const flag = z.boolean().default(false);
const repo = z.string().default(".");
const id = z.string().min(4, "at least 4 characters of an id").max(26);
const ids = z.array(id).default([]);

export const memoryLsOptionsSchema = z.object({
  repo,
  words: z.array(z.string()).default([]),
  all: flag,
  json: flag,
});
export type MemoryLsOptions = z.output<typeof memoryLsOptionsSchema>;

export const memoryShowOptionsSchema = z.object({ repo, id, json: flag });
export type MemoryShowOptions = z.output<typeof memoryShowOptionsSchema>;

/** Most that a fact says, in characters. */
export const textMax = 4_000;

export const memoryAddOptionsSchema = z
  .object({
    repo,
    text: z
      .string()
      .trim()
      // Alone it is standard input.
      .refine((text) => text === "-" || hasWords(text), "it says nothing")
      .max(textMax, `at most ${textMax} characters`)
      .optional(),
    scope: z
      .string()
      .regex(/^(?:user|project|agents\/[a-z0-9][a-z0-9-]{0,39})$/, "user, project or agents/<role>")
      .default("project"),
    kind: z.enum(kinds, `one of ${kinds.join(", ")}`).optional(),
    subject: z.string().max(200).optional(),
    predicate: z.string().max(200).optional(),
    value: z.string().max(1_000).optional(),
  })
  .refine(
    ({ subject, predicate, value }) =>
      new Set([subject, predicate, value].map((part) => part === undefined)).size === 1,
    { path: ["subject"], message: "a key is --subject, --predicate and --value together" },
  );
export type MemoryAddOptions = z.output<typeof memoryAddOptionsSchema>;

export const memoryEditOptionsSchema = z.object({ repo, id });
export type MemoryEditOptions = z.output<typeof memoryEditOptionsSchema>;

export const memoryHistoryOptionsSchema = z.object({
  repo,
  generation: z.coerce
    .number("the number of a generation is due")
    .int("a whole number is due")
    .min(1, "at least 1")
    .optional(),
  json: flag,
});
export type MemoryHistoryOptions = z.output<typeof memoryHistoryOptionsSchema>;

export const memoryForgetOptionsSchema = z.object({ repo, id, erase: flag });
export type MemoryForgetOptions = z.output<typeof memoryForgetOptionsSchema>;

export const memoryLearnOptionsSchema = z.object({
  repo,
  run: z.string().min(1).default("latest"),
  ...serverShape,
  budgetUsd: z.coerce.number("dollars are due").positive("more than nothing").default(0.5),
  unsandboxed: flag,
  json: flag,
});
export type MemoryLearnOptions = z.output<typeof memoryLearnOptionsSchema>;

export const memoryImportOptionsSchema = z.object({ repo, file: z.string().min(1), json: flag });
export type MemoryImportOptions = z.output<typeof memoryImportOptionsSchema>;

export const memoryExportOptionsSchema = z.object({ repo, json: flag });
export type MemoryExportOptions = z.output<typeof memoryExportOptionsSchema>;

export const memoryUndoOptionsSchema = z.object({
  repo,
  steps: z.coerce
    .number("a number of dreams is due")
    .int("a whole number is due")
    .min(1, "at least 1")
    .max(20, "at most 20")
    .default(1),
  /** Of a fact: then what was decided on it is meant, and no dream. */
  id: id.optional(),
  dryRun: flag,
});
export type MemoryUndoOptions = z.output<typeof memoryUndoOptionsSchema>;

export const memoryRestoreOptionsSchema = z
  .object({
    repo,
    paths: z.array(z.string().min(1)).default([]),
    all: flag,
  })
  .refine(({ paths, all }) => !all || paths.length === 0, {
    path: ["all"],
    message: "all files, or those that you name",
  });
export type MemoryRestoreOptions = z.output<typeof memoryRestoreOptionsSchema>;

export const memoryReviewOptionsSchema = z.object({ repo, accept: ids, reject: ids, json: flag });
export type MemoryReviewOptions = z.output<typeof memoryReviewOptionsSchema>;

export const dreamOptionsSchema = z.object({
  repo,
  dryRun: flag,
  compact: flag,
  withModel: flag,
  ...serverShape,
  budgetUsd: z.coerce.number("dollars are due").positive("more than nothing").optional(),
  requests: z.coerce
    .number("a number of requests is due")
    .int("a whole number is due")
    .min(1, "at least 1")
    .max(1_000, "at most 1000")
    .optional(),
  limitLeft: z.coerce
    .number("a percentage is due")
    .min(0, "at least 0")
    .max(100, "at most 100")
    .default(0),
  json: flag,
  changes: z.boolean().default(true),
});
export type DreamOptions = z.output<typeof dreamOptionsSchema>;
