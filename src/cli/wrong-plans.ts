import { existsSync } from "node:fs";
import { join } from "node:path";

import { whyTheirsIn } from "../adapters/daemon/why-theirs.ts";
import { diskFiles } from "../adapters/memory/disk-files.ts";
import { readPlanFile } from "../adapters/plan-file.ts";
import { putFile, putJob } from "../core/daemon/job-file.ts";
import { parseSchedule } from "../core/daemon/parse-schedule.ts";
import { mistakeText } from "../core/daemon/told-by-check.ts";
import type { JobStanding } from "../model/daemon.ts";
import type { WhyTheirs } from "../ports/daemon-world.ts";
import { planMistakes } from "./plan-mistakes.ts";

/** So many mistakes of a plan are told. */
const shownMax = 3;

/**
 * How jobs stand, with what is wrong with plans that were dropped in, and with those that schedules name: they are due, or will be, but only
 * to be checked. A person who looks is told so at once. It is looked at here and not by the daemon, which reads no plans and stays small.
 */
export async function withWrongPlans(
  jobs: readonly JobStanding[],
  repo: string,
): Promise<readonly JobStanding[]> {
  const whyTheirs = whyTheirsIn(repo);
  const all: JobStanding[] = [];
  for (const one of jobs) {
    const why = await whyWrong(one, { repo, whyTheirs });
    all.push(why === undefined ? one : { ...one, is: "waits", why });
  }
  return all;
}

async function whyWrong(
  { job, is, why }: JobStanding,
  { repo, whyTheirs }: { readonly repo: string; readonly whyTheirs: WhyTheirs },
): Promise<string | undefined> {
  const put = putJob(job);
  if (put === undefined || (is !== "due" && is !== "waits")) return undefined;
  const file = putFile(put.kind, put.name);
  if (put.kind === "dropped") return is === "due" ? whyDroppedIsWrong(join(repo, file)) : undefined;
  const inSkein = file.slice(".skein/".length);
  const text = await diskFiles(repo)
    .read(inSkein)
    .catch(() => undefined);
  const read = text === undefined ? undefined : parseSchedule(text);
  if (text === undefined || read?.ok !== true) return undefined;
  const { plan, enabled } = read.value.schedule;
  // Of one that is not there, switched off or not this person's something else is said already.
  if (plan === undefined || !enabled || !existsSync(join(repo, plan))) return undefined;
  if ((await whyTheirs(file)) !== undefined) return undefined;
  const mistakes = planMistakes(repo, { file, text, plan });
  if (mistakes.length === 0) return undefined;
  const wrong = mistakes.map((one) => `${one.file} line ${one.line}: ${one.text}`);
  return `its plan is wrong: ${[fewOf(wrong), ...(why === "" ? [] : [why])].join("; ")}`;
}

function whyDroppedIsWrong(file: string): string | undefined {
  const read = readPlanFile(file);
  if (!read.ok) return read.error.message;
  const { parsed } = read.value;
  if (parsed.ok) return undefined;
  const mistakes = parsed.error.map((one) => `line ${one.line ?? 1}: ${mistakeText(one)}`);
  return `it is wrong: ${fewOf(mistakes)}`;
}

function fewOf(mistakes: readonly string[]): string {
  const more = mistakes.length - shownMax;
  const rest = more > 0 ? [`and ${more} more`] : [];
  return [...mistakes.slice(0, shownMax), ...rest].join("; ");
}
