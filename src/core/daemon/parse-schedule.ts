import { isAbsolute, normalize } from "node:path/posix";

import type * as z from "zod";

import { err, ok, type Result } from "../../model/result.ts";
import { type Schedule, scheduleFileSchema } from "../../model/schedule.ts";
import { frontMatter } from "../memory/fact-file.ts";
import { durationMs } from "../plan/duration.ts";
import { type CronSlots, cronSlots } from "./cron-slots.ts";
import { fieldLines } from "./field-lines.ts";

const jitterMax = 3_600_000;

/** Something that is wrong with a schedule's file. */
export interface Mistake {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

export type ReadSchedule = Result<
  { readonly schedule: Schedule; readonly slots: CronSlots },
  readonly Mistake[]
>;

/** What is wrong, and with which field; with none of them: with the text behind them. */
interface Wrong {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Reads a schedule's file; all that is wrong with it is said, in a few words each, and then it is not run. */
export function parseSchedule(text: string): ReadSchedule {
  const parts = frontMatter(text);
  if (!parts.ok) return err([{ line: fieldLines(text).broken, text: whyNoFields(parts.error) }]);
  const { fields, text: words } = parts.value;
  const parsed = scheduleFileSchema.safeParse(fields);
  const issues = parsed.error?.issues ?? [];
  const wrong = new Set(issues.map(({ path: [field] }) => field));
  // Of a field that is wrong already no more is said.
  const given = (field: string): unknown => (wrong.has(field) ? undefined : fields[field]);
  const tz = textOr("UTC", given("tz"));
  const zone = cronSlots(anyTime, tz);
  const slots = cronSlots(textOr(anyTime, given("cron")), zone.ok ? tz : "UTC");
  const found: readonly Wrong[] = [
    ...issues.flatMap(wrongOf),
    ...about("cron", slots.ok ? undefined : slots.error),
    ...about("tz", zone.ok ? undefined : zone.error),
    ...about("jitter", whyNoJitter(given("jitter"))),
    ...about("plan", whyNoPlan(given("plan"))),
    ...noTask(fields["plan"], words),
  ];
  if (!parsed.success || !slots.ok || found.length > 0) return err(inLines(text, found));
  const { jitter, ...rest } = parsed.data;
  const jitterMs = jitter === undefined ? 0 : (durationMs(jitter) ?? 0);
  return ok({ schedule: { ...rest, jitterMs, words }, slots: slots.value });
}

function wrongOf(issue: z.core.$ZodIssue): readonly Wrong[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys")
    // Each in its own line.
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: message.replace(issue.keys.join(", "), () => key),
    }));
  return [{ path, text: path.length === 0 ? message : `${path.join(".")}: ${message}` }];
}

function about(field: string, text: string | undefined): readonly Wrong[] {
  return text === undefined ? [] : [{ path: [field], text }];
}

function inLines(text: string, found: readonly Wrong[]): readonly Mistake[] {
  const { lineOf, behind } = fieldLines(text);
  return found
    .map((one) => ({ line: one.path.length === 0 ? behind : lineOf(one.path), text: one.text }))
    .toSorted((a, b) => a.line - b.line);
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

function noTask(plan: unknown, words: string): readonly Wrong[] {
  if (plan === undefined && words === "")
    return [{ path: [], text: "it says nothing to do: no plan, no text" }];
  return plan === undefined || words === ""
    ? []
    : [{ path: ["plan"], text: "it has a plan and a text; one of them is due" }];
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
