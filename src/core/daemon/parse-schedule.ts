import { isAbsolute, normalize } from "node:path/posix";

import { err, ok, type Result } from "../../model/result.ts";
import { type Schedule, scheduleFileSchema } from "../../model/schedule.ts";
import { frontMatter } from "../memory/fact-file.ts";
import { durationMs } from "../plan/duration.ts";
import { type CronSlots, cronSlots } from "./cron-slots.ts";

const jitterMax = 3_600_000;

/** Reads a schedule's file; what is wrong with it is said in a few words, and then it is not run. */
export function parseSchedule(
  text: string,
): Result<{ readonly schedule: Schedule; readonly slots: CronSlots }, string> {
  const parts = frontMatter(text);
  if (!parts.ok) return err(whyNoFields(parts.error));
  const parsed = scheduleFileSchema.safeParse(parts.value.fields);
  if (!parsed.success) {
    return err(
      parsed.error.issues
        .map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`))
        .join("; "),
    );
  }
  const { jitter, ...fields } = parsed.data;
  const jitterMs = jitter === undefined ? 0 : durationMs(jitter);
  if (jitterMs === undefined || jitterMs > jitterMax)
    return err("jitter: a duration of an hour at most is due, such as 10m");
  const words = parts.value.text;
  const { plan } = fields;
  if (plan !== undefined && (isAbsolute(plan) || normalize(plan).startsWith("..")))
    return err("plan: a path inside the repository is due");
  if (fields.plan === undefined && words === "")
    return err("it says nothing to do: no plan, no text");
  if (fields.plan !== undefined && words !== "")
    return err("it has a plan and a text; one of them is due");
  const slots = cronSlots(fields.cron, fields.tz);
  return slots.ok ? ok({ schedule: { ...fields, jitterMs, words }, slots: slots.value }) : slots;
}

function whyNoFields(error: string): string {
  if (error.startsWith("it has no front matter"))
    return "it does not begin with fields between two lines of ---, such as cron";
  return /^its? /.test(error) ? error : `its fields are no YAML: ${error}`;
}
