import * as z from "zod";

/** Who said it: a person, a run of ours, a file of the repository, a model, or the world outside. */
export const origins = ["user", "run", "file", "model", "external"] as const;
export type Origin = (typeof origins)[number];

const word = z.string().trim().min(1).max(200);
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => String(value).trim());

/** Where something can be looked up: a file or a command, and what stood there. */
export const citeSchema = z.object({
  path: z.string().max(500).nullish(),
  command: z.string().max(500).nullish(),
  line: z.number().int().min(0).nullish(),
  excerpt: z.string().max(4_000).default(""),
});
export type Cite = z.output<typeof citeSchema>;

/**
 * A look at the world that says whether a fact still holds. It only reads: whether a file is there, whether it has a
 * text, what a JSON file has at a path such as `.scripts.test`.
 */
export const probeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("test"), file: word }),
  z.object({ kind: z.literal("grep"), file: word, text: z.string().min(1).max(500) }),
  z.object({
    kind: z.literal("jq"),
    file: word,
    expr: z
      .string()
      .regex(/^(?:\.[\w$@/-]+|\[\d{1,6}\]|\["[^"]{1,200}"\])+$/, "a path such as .a.b"),
    equals: scalar,
  }),
]);
export type Probe = z.output<typeof probeSchema>;

export const kinds = [
  "fact",
  "preference",
  "procedure",
  "pitfall",
  "decision",
  "open_question",
] as const;
export type FactKind = (typeof kinds)[number];

export const factIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "26 characters of a ULID");

/** ISO 8601 with a zone; without one it is UTC. */
export const momentSchema = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(timeOf(text)), { message: "an ISO 8601 date is due" });

/** A line of `skein memory import`; extraction writes the same. What is not named here is left out. */
export const observationSchema = z.object({
  session: word,
  seq: z.number().int().min(0),
  at: momentSchema,
  origin: z.enum(origins),
  text: z.string().trim().min(1).max(4_000),
  subject: scalar.pipe(word).nullish(),
  predicate: scalar.pipe(word).nullish(),
  value: scalar.pipe(z.string().min(1).max(1_000)).nullish(),
  qualifiers: z.record(z.string().max(100), scalar).nullish(),
  scope: word.nullish(),
  cites: z.array(citeSchema).max(20).nullish(),
  kind: z.enum(kinds).nullish(),
  verify: probeSchema.nullish(),
  artifact: word.nullish(),
  commit: word.nullish(),
  /** The fact that it says anew, by its id: what a person edited stays the fact that it was. */
  fact: factIdSchema.nullish(),
});
export type Observation = z.output<typeof observationSchema>;

/** The session of what a person typed in. */
export const byHand = "memory-add";

/** Milliseconds since the epoch. */
export function timeOf(at: string): number {
  return Date.parse(/(?:Z|[+-]\d\d:?\d\d)$|^\d{4}-\d\d-\d\d$/i.test(at) ? at : `${at}Z`);
}
