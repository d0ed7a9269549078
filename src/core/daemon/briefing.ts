import type { DaemonRecord, EndedJob } from "../../model/daemon.ts";
import type { Waiting } from "../../model/proposal.ts";
import { shownCount, shownUsd } from "../report/figures.ts";

/** Lines of each kind that are shown unless it is said otherwise. */
export const shownMax = 5;

/** What was done since a person last heard of it, what it cost, and what waits for them; empty for nothing. */
export function briefing(
  { ended }: Pick<DaemonRecord, "ended">,
  {
    since,
    waiting,
    shown = shownMax,
  }: { readonly since: number; readonly waiting: readonly Waiting[]; readonly shown?: number },
): readonly string[] {
  const fresh = ended.filter(({ endedAt, byHand }) => !byHand && endedAt > since);
  const told = fresh.filter(
    ({ outcome, said }) => outcome === "failed" || (outcome === "done" && said !== ""),
  );
  if (told.length === 0) return [];
  const usd = fresh.reduce((sum, end) => sum + end.usd, 0);
  const more = told.length - shown;
  return [
    `while you were away: ${shownCount(told.length, "job")}, ${shownUsd(usd)}`,
    ...told.slice(-shown).map((end) => `  ${endLine(end)}`),
    ...(more > 0 ? [`  and ${more} before; skein daemon status tells all`] : []),
    ...waitingLines(waiting, shown),
  ];
}

/** What waits for a person, for the first screen they see; empty for nothing. */
export function waitingLines(waiting: readonly Waiting[], shown = shownMax): readonly string[] {
  if (waiting.length === 0) return [];
  const more = waiting.length - shown;
  return [
    "waiting for you:",
    // The latest.
    ...waiting.slice(-shown).map((one) => `  ${waitingLine(one)}`),
    ...(more > 0 ? [`  and ${more} more; skein daemon status tells all`] : []),
  ];
}

/** What the daemon does not do, for the first screen; empty for nothing. */
export function restLines(rests: readonly string[], shown = shownMax): readonly string[] {
  if (rests.length === 0) return [];
  const more = rests.length - shown;
  return [
    "the daemon rests:",
    ...rests.slice(0, shown).map((line) => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more; skein daemon status tells all`] : []),
  ];
}

export function endLine({ job, outcome, said }: EndedJob): string {
  const told = said === "" ? "there was nothing to do" : said;
  return outcome === "done" ? `${job}: ${told}` : `${job} (${outcome}): ${told}`;
}

export function waitingLine({ about, text, command }: Waiting): string {
  return `${about}: ${text}; ${command}`;
}
