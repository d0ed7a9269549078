import type { DaemonRecord, JobStanding } from "../../model/daemon.ts";
import type { Waiting } from "../../model/proposal.ts";
import { shownDuration, shownTime, shownUsd } from "../report/figures.ts";
import { endWords } from "./briefing.ts";
import type { Row, Section } from "./columns.ts";
import { localTimes } from "./local-times.ts";
import { spentOfDay } from "./record.ts";
import { wallOf } from "./wall-time.ts";

/** Of what has ended so much is shown, the latest. */
const shownMax = 10;

const shownAs = {
  working: "at work",
  due: "due",
  waits: "waits",
  settled: "settled",
} as const satisfies Record<JobStanding["is"], string>;

/** What a person sees of a daemon: what it is at, how each job stands, what it did, what that cost, what waits for them. */
export function statusSections(
  {
    head,
    held,
    jobs,
    record,
    waiting,
  }: {
    /** What it is at, in a line. */
    readonly head: string;
    /** Why nothing is begun, whatever it is. */
    readonly held: string | undefined;
    readonly jobs: readonly JobStanding[];
    readonly record: DaemonRecord;
    readonly waiting: readonly Waiting[];
  },
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): readonly Section[] {
  const { usd, ms } = spentOfDay(record, now);
  const spent = `${shownUsd(usd)}, ${shownDuration(ms)} of work`;
  const ended = record.ended.slice(-shownMax);
  const left = new Set(waiting.map(({ about }) => about));
  const sections: readonly Section[] = [
    {
      heading: `daemon ${head}`,
      rows: held === undefined ? [] : [{ cells: ["waits"], text: held }],
    },
    {
      heading: "jobs:",
      rows: jobs.map(({ job, is, why }) => ({
        // What it left is told below.
        cells: [job, is === "settled" && left.has(job) ? "for you" : shownAs[is]],
        text: why,
      })),
    },
    { heading: `24 hours: ${ms === 0 && usd === 0 ? "nothing done" : spent}`, rows: [] },
    {
      heading: `what it did last, by the clocks of ${timeZone}:`,
      rows: ended.map((end) => ({
        cells: [shownTime(wallOf(timeZone, end.endedAt)), end.job],
        text: endWords(end),
      })),
    },
    { heading: "for you:", rows: waitingRows(waiting) },
  ];
  return sections
    .filter(({ heading, rows }) => rows.length > 0 || !heading.endsWith(":"))
    .map(({ heading, rows }) => ({
      heading,
      rows: rows.map((row) => ({ ...row, text: localTimes(row.text, timeZone) })),
    }));
}

function waitingRows(waiting: readonly Waiting[]): readonly Row[] {
  const rows = waiting.map(({ id = "", about, text, command }) => ({
    cells: [id, about],
    text,
    command,
  }));
  const canGo = waiting.some(({ id }) => id !== undefined);
  const text = "what you do not want to hear of goes by its ID, or with --all";
  return canGo ? [...rows, { cells: [], text, command: "skein daemon dismiss ID" }] : rows;
}
