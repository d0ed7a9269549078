import type { DaemonRecord, EndedJob, Proposal } from "../../model/daemon.ts";
import { shownCount, shownUsd } from "../report/figures.ts";

const shownMax = 5;

/** What was done since a person last heard of it, what it cost, and what waits for them; empty for nothing. */
export function briefing(
  { ended }: DaemonRecord,
  { since, proposals }: { readonly since: number; readonly proposals: readonly Proposal[] },
): readonly string[] {
  const fresh = ended.filter(({ endedAt, byHand }) => !byHand && endedAt > since);
  const told = fresh.filter(
    ({ outcome, said }) => outcome === "failed" || (outcome === "done" && said !== ""),
  );
  if (told.length === 0) return [];
  const usd = fresh.reduce((sum, end) => sum + end.usd, 0);
  const more = told.length - shownMax;
  return [
    `while you were away: ${shownCount(told.length, "job")}, ${shownUsd(usd)}`,
    ...told.slice(-shownMax).map((end) => `  ${endLine(end)}`),
    ...(more > 0 ? [`  and ${more} before; skein daemon status tells all`] : []),
    ...waiting(proposals).map((line) => `  ${line}`),
  ];
}

/** What waits for a person, for the first screen they see; empty for nothing. */
export function waitingLines(proposals: readonly Proposal[]): readonly string[] {
  const lines = waiting(proposals);
  return lines.length === 0 ? [] : ["waiting for you:", ...lines.map((line) => `  ${line}`)];
}

/** The latest. */
function waiting(proposals: readonly Proposal[]): readonly string[] {
  const more = proposals.length - shownMax;
  return [
    ...proposalLines(proposals.slice(-shownMax)),
    ...(more > 0 ? [`and ${more} more; skein daemon status tells all`] : []),
  ];
}

export function endLine({ job, outcome, said }: EndedJob): string {
  const told = said === "" ? "there was nothing to do" : said;
  return outcome === "done" ? `${job}: ${told}` : `${job} (${outcome}): ${told}`;
}

export function proposalLines(proposals: readonly Proposal[]): readonly string[] {
  return proposals.map(({ about, text, command }) => `${about}: ${text}; ${command}`);
}

/** What the latest end of each job proposed: the same thing once. */
export function openProposals({ ended }: DaemonRecord): readonly Proposal[] {
  const latest = new Map(ended.map((end) => [end.job, end.proposals]));
  const all = [...latest.values()].flat();
  return [...new Map(all.map((one) => [`${one.about}\n${one.command}`, one])).values()];
}
