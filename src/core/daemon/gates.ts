import type { DaemonConfig, DaemonRecord } from "../../model/daemon.ts";
import { shownCount, shownTime } from "../report/figures.ts";
import { shellWord } from "../shell-word.ts";
import { endsOf, restOf, type RestingJob, spentOfDay } from "./record.ts";

const minute = 60_000;
/** Either is enough for a dream. */
const sessionsMin = 3;
const observationsMin = 40;

/** What waits in the inbox of memory. */
export interface InboxFacts {
  readonly sessions: number;
  readonly observations: number;
}

/** Each gives why a job waits, undefined when it need not. The reasons hold no moving figures: a new one is logged. */
export function idleGate(idleMs: number, config: DaemonConfig): string | undefined {
  const needed = config["idle-minutes"];
  return idleMs < needed * minute
    ? `you were here less than ${shownMinutes(needed)} ago`
    : undefined;
}

function shownMinutes(minutes: number): string {
  return minutes < 1
    ? shownCount(Math.round(minutes * 60), "second")
    : shownCount(minutes, "minute");
}

/** Why a job that is due is not begun. */
export function dueGate(
  record: DaemonRecord,
  config: DaemonConfig,
  { job, usd, now }: { readonly job: RestingJob; readonly usd: number; readonly now: number },
): string | undefined {
  return restGate(record, job, now) ?? budgetGate(record, config, { now, usd });
}

export function restGate(record: DaemonRecord, job: RestingJob, now: number): string | undefined {
  const rest = restOf(record, job, now);
  if (rest === undefined) return undefined;
  const { failures, until } = rest;
  const failed = `it failed${failures === 1 ? "" : ` ${failures} times in a row`}`;
  return until === undefined
    ? `${failed} and rests until its file is written anew; skein daemon resume, or run-now ${shellWord(job.name)}, tries again`
    : `${failed}; it is tried again at ${shownTime(until)} UTC, or at once after skein daemon resume`;
}

export function budgetGate(
  record: DaemonRecord,
  config: DaemonConfig,
  { now, usd }: { readonly now: number; readonly usd: number },
): string | undefined {
  const spent = spentOfDay(record, now);
  if (spent.ms >= config["minutes-per-day"] * minute)
    return `its jobs took ${shownMinutes(config["minutes-per-day"])} within 24 hours`;
  // What it may cost is set aside as a whole before it begins. What costs nothing needs no dollars.
  return usd > 0 && spent.usd + usd > config["usd-per-day"]
    ? `it may cost $${usd}, and the $${config["usd-per-day"]} of 24 hours would not hold that`
    : undefined;
}

/** Memory is worth a dream when enough is new, work has come to rest, and the last one is some hours ago. */
export function dreamGate(
  record: DaemonRecord,
  config: DaemonConfig,
  facts: InboxFacts & {
    readonly now: number;
    /** When the last run of others than the daemon wrote something; undefined: there was none. */
    readonly lastRunAt: number | undefined;
  },
): string | undefined {
  const { now, lastRunAt, sessions, observations } = facts;
  if (observations === 0) return "nothing new is in the inbox";
  if (sessions < sessionsMin && observations < observationsMin)
    return `fewer than ${sessionsMin} sessions and ${observationsMin} observations are new`;
  const rest = config["session-idle-minutes"];
  if (lastRunAt !== undefined && now - lastRunAt < rest * minute)
    return `a run ended less than ${shownMinutes(rest)} ago`;
  const between = config["hours-between-dreams"];
  const last = endsOf(record, "dream").findLast(({ outcome }) => outcome === "done");
  return last !== undefined && now - last.endedAt < between * 60 * minute
    ? `the last dream is less than ${shownCount(between, "hour")} ago`
    : undefined;
}
