import * as z from "zod";

const duration = z.union([z.string(), z.number()], "a duration is due, such as 10m");
const dollars = "dollars are due, more than none and 100 at most";
const minutes = "whole minutes are due, a day's at most";
const turns = "a whole number of turns is due, 1000 at most";

/** What is no field of it is named, with what is. */
function onlyItsFields(what: string): z.core.$ZodErrorMap {
  return (issue) =>
    issue.code === "unrecognized_keys"
      ? `there is no field ${issue.keys.join(", ")}; ${what}`
      : `fields are due: ${what}`;
}

/** Front matter of a file in `.skein/schedules`; what is not named here makes it wrong, and a wrong one is not run. */
export const scheduleFileSchema = z.strictObject(
  {
    cron: z
      .string("it says when, in five fields such as 30 3 * * 1-5")
      .max(200, "200 characters at most are due"),
    /** An IANA time zone, such as Europe/Berlin, or an offset, such as +02:00. */
    tz: z
      .string("a time zone is due, such as Europe/Berlin")
      .max(100, "100 characters at most are due")
      .default("UTC"),
    /** Begun up to so much later, always the same for the same time: not everything at once. */
    jitter: duration.optional(),
    budget: z
      .strictObject(
        {
          usd: z.number(dollars).positive(dollars).max(100, dollars).default(0.5),
          minutes: z.number(minutes).int(minutes).positive(minutes).max(1_440, minutes).default(20),
          turns: z.number(turns).int(turns).positive(turns).max(1_000, turns).default(30),
        },
        { error: onlyItsFields("usd, minutes, turns") },
      )
      .default({ usd: 0.5, minutes: 20, turns: 30 }),
    /** What its work may do. More than to look is what its author has to say in so many words. */
    profile: z
      .enum(["read-only", "accept-edits"], "read-only or accept-edits is due")
      .default("read-only"),
    /**
     * What becomes of a time that nobody worked at: it is left; or all of them together are done once, later; or each of them is
     * done once, one after the other.
     */
    missed: z
      .enum(["skip", "coalesce", "run-once"], "skip, coalesce or run-once is due")
      .default("coalesce"),
    enabled: z.boolean("true or false is due").default(true),
    /** A plan file, from the repository's top. Without one the text below is a task in words. */
    plan: z
      .string("a path inside the repository is due")
      .min(1, "a path inside the repository is due")
      .max(500, "500 characters at most are due")
      .optional(),
  },
  { error: onlyItsFields("cron, tz, jitter, budget, profile, missed, enabled, plan") },
);

export interface Schedule extends Omit<z.output<typeof scheduleFileSchema>, "jitter"> {
  readonly jitterMs: number;
  /** The task in words; empty when it has a plan file. */
  readonly words: string;
}
