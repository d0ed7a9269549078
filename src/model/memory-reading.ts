import * as z from "zod";

const part = (max: number) => z.string().trim().min(1).max(max);

/** What a text says of what, as a model read it: the key of an observation that came without one. */
export const readKeySchema = z.strictObject({
  subject: part(100),
  predicate: part(60),
  value: part(300),
  /** The value before, where the text says that it changed. */
  old: part(300).optional(),
  /** What it holds under: `{ environment: "staging" }`. */
  qualifiers: z.record(part(40), part(100)).optional(),
});
export type ReadKey = z.output<typeof readKeySchema>;

/** Most texts that are given to be read at a time; so many answers there can be. */
export const textsMax = 40;

/** What a reader hands in: texts by their numbers. A text that is in neither list says nothing that has a key. */
export const readerAnswerSchema = z.strictObject({
  readings: z.array(readKeySchema.extend({ text: z.int().min(1) })).max(2 * textsMax),
  nothing: z
    .array(z.int().min(1))
    .max(2 * textsMax)
    .default([]),
});
export type ReaderAnswer = z.output<typeof readerAnswerSchema>;
