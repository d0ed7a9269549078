import type { DaemonRecord, EndedJob } from "../../model/daemon.ts";
import type { Waiting } from "../../model/proposal.ts";
import { shownCount, shownUsd } from "../report/figures.ts";
import type { Row, Section } from "./columns.ts";

/** Things of each kind that are shown unless it is said otherwise. */
export const shownMax = 5;

/** What was done since a person last heard of it, what it cost, and what waits for them; empty for nothing. */
export function briefing(
  { ended }: Pick<DaemonRecord, "ended">,
  {
    since,
    waiting,
    shown = shownMax,
  }: { readonly since: number; readonly waiting: readonly Waiting[]; readonly shown?: number },
): readonly Section[] {
  const fresh = ended.filter(({ endedAt, byHand }) => !byHand && endedAt > since);
  const told = fresh.filter(
    ({ outcome, said }) => outcome === "failed" || (outcome === "done" && said !== ""),
  );
  if (told.length === 0) return [];
  const usd = fresh.reduce((sum, end) => sum + end.usd, 0);
  return [
    {
      heading: `while you were away: ${shownCount(told.length, "job")}, ${shownUsd(usd)}`,
      rows: [
        ...told.slice(-shown).map((end) => ({ cells: [end.job], text: endWords(end) })),
        ...moreRow(told.length - shown, "before"),
      ],
    },
    ...waitingSection(waiting, shown),
  ];
}

/** What waits for a person, for the first screen they see; empty for nothing. */
export function waitingSection(waiting: readonly Waiting[], shown = shownMax): readonly Section[] {
  if (waiting.length === 0) return [];
  // The latest.
  const rows = waiting
    .slice(-shown)
    .map(({ about, text, command }) => ({ cells: [about], text, command }));
  return [
    { heading: "waiting for you:", rows: [...rows, ...moreRow(waiting.length - shown, "more")] },
  ];
}

/** What the daemon does not do, for the first screen; empty for nothing. */
export function restSection(rests: readonly string[], shown = shownMax): readonly Section[] {
  if (rests.length === 0) return [];
  const rows = rests.slice(0, shown).map((text) => ({ cells: [], text }));
  return [
    { heading: "the daemon rests:", rows: [...rows, ...moreRow(rests.length - shown, "more")] },
  ];
}

function moreRow(count: number, how: string): readonly Row[] {
  return count > 0
    ? [{ cells: [], text: `and ${count} ${how}`, command: "skein daemon status" }]
    : [];
}

/** How a job ended, and what that cost. */
export function endLine(end: Pick<EndedJob, "job" | "outcome" | "said" | "usd">): string {
  return `${end.job}: ${endWords(end)}${end.usd === 0 ? "" : ` (${shownUsd(end.usd)})`}`;
}

/** The same without its name and price. */
export function endWords({ outcome, said }: Pick<EndedJob, "outcome" | "said">): string {
  const told = said === "" ? "there was nothing to do" : said;
  return outcome === "done" ? told : `${outcome}: ${told}`;
}
