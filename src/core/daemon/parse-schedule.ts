import { isAbsolute, normalize } from "node:path/posix";

import { err, ok, type Result } from "../../model/result.ts";
import { type Schedule, scheduleFileSchema } from "../../model/schedule.ts";
import { frontMatter } from "../memory/fact-file.ts";
import { durationMs } from "../plan/duration.ts";
import { type CronSlots, cronSlots } from "./cron-slots.ts";

const jitterMax = 3_600_000;

/** Reads a schedule's file; all that is wrong with it is said in a few words, and then it is not run. */
export function parseSchedule(
  text: string,
): Result<{ readonly schedule: Schedule; readonly slots: CronSlots }, string> {
  const parts = frontMatter(text);
  if (!parts.ok) return err(whyNoFields(parts.error));
  const { fields, text: words } = parts.value;
  const parsed = scheduleFileSchema.safeParse(fields);
  const issues = parsed.error?.issues ?? [];
  const wrong = new Set(issues.map(({ path: [field] }) => field));
  // Of a field that is wrong already no more is said.
  const given = (field: string): unknown => (wrong.has(field) ? undefined : fields[field]);
  const tz = textOr("UTC", given("tz"));
  const zone = cronSlots(anyTime, tz);
  const slots = cronSlots(textOr(anyTime, given("cron")), zone.ok ? tz : "UTC");
  const mistakes = [
    ...issues.map(({ path, message }) =>
      path.length === 0 ? message : `${path.join(".")}: ${message}`,
    ),
    slots.ok ? undefined : slots.error,
    zone.ok ? undefined : zone.error,
    whyNoJitter(given("jitter")),
    whyNoPlan(given("plan")),
    whyNoTask(fields["plan"], words),
  ].filter((why) => why !== undefined);
  if (!parsed.success || !slots.ok || mistakes.length > 0) return err(mistakes.join("; "));
  const { jitter, ...rest } = parsed.data;
  const jitterMs = jitter === undefined ? 0 : (durationMs(jitter) ?? 0);
  return ok({ schedule: { ...rest, jitterMs, words }, slots: slots.value });
}

/** Stands for a line that is wrong already. */
const anyTime = "* * * * *";

function whyNoJitter(jitter: unknown): string | undefined {
  if (jitter === undefined) return undefined;
  const ms = typeof jitter === "string" ? durationMs(jitter) : undefined;
  return ms === undefined || ms > jitterMax
    ? "jitter: a duration of an hour at most is due, such as 10m"
    : undefined;
}

function whyNoTask(plan: unknown, words: string): string | undefined {
  if (plan === undefined)
    return words === "" ? "it says nothing to do: no plan, no text" : undefined;
  return words === "" ? undefined : "it has a plan and a text; one of them is due";
}

function textOr(usual: string, value: unknown): string {
  return typeof value === "string" ? value : usual;
}

function whyNoPlan(plan: unknown): string | undefined {
  return typeof plan === "string" && (isAbsolute(plan) || normalize(plan).startsWith(".."))
    ? "plan: a path inside the repository is due"
    : undefined;
}

function whyNoFields(error: string): string {
  if (error.startsWith("it has no front matter"))
    return "it does not begin with fields between two lines of ---, such as cron";
  return /^its? /.test(error) ? error : `its fields are no YAML: ${error}`;
}
