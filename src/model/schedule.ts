import * as z from "zod";

const duration = z.union([z.string(), z.number()]);

/** Front matter of a file in `.skein/schedules`; what is not named here makes it wrong, and a wrong one is not run. */
export const scheduleFileSchema = z.strictObject({
  cron: z.string().max(200),
  /** An IANA time zone, such as Europe/Berlin. */
  tz: z.string().max(100).default("UTC"),
  /** Begun up to so much later, always the same for the same time: not everything at once. */
  jitter: duration.optional(),
  budget: z
    .strictObject({
      usd: z.number().positive().max(100).default(0.5),
      minutes: z.number().int().positive().max(1_440).default(20),
      turns: z.number().int().positive().max(1_000).default(30),
    })
    .default({ usd: 0.5, minutes: 20, turns: 30 }),
  /** What its work may do. More than to look is what its author has to say in so many words. */
  profile: z.enum(["read-only", "accept-edits"]).default("read-only"),
  /**
   * What becomes of a time that nobody worked at: it is left; or all of them together are done once, later; or each of them is
   * done once, one after the other.
   */
  missed: z.enum(["skip", "coalesce", "run-once"]).default("coalesce"),
  enabled: z.boolean().default(true),
  /** A plan file, from the repository's top. Without one the text below is a task in words. */
  plan: z.string().min(1).max(500).optional(),
});

export interface Schedule extends Omit<z.output<typeof scheduleFileSchema>, "jitter"> {
  readonly jitterMs: number;
  /** The task in words; empty when it has a plan file. */
  readonly words: string;
}
