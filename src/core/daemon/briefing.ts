import type { DaemonRecord, EndedJob, Proposal } from "../../model/daemon.ts";
import { shownCount, shownUsd } from "../report/figures.ts";

const shownMax = 5;

/** What was done since a person last heard of it, what it cost, and what waits for them; empty for nothing. */
export function briefing(
  { ended }: DaemonRecord,
  { since, proposals }: { readonly since: number; readonly proposals: readonly Proposal[] },
): readonly string[] {
  const fresh = ended.filter(({ endedAt, byHand }) => !byHand && endedAt > since);
  const told = fresh.filter(({ outcome }) => outcome === "done" || outcome === "failed");
  if (told.length === 0) return [];
  const usd = fresh.reduce((sum, end) => sum + end.usd, 0);
  const more = told.length - shownMax;
  return [
    `while you were away: ${shownCount(told.length, "job")}, ${shownUsd(usd)}`,
    ...told.slice(-shownMax).map((end) => `  ${endLine(end)}`),
    ...(more > 0 ? [`  and ${more} before; skein daemon status tells all`] : []),
    ...proposalLines(proposals).map((line) => `  ${line}`),
  ];
}

export function endLine({ job, outcome, said }: EndedJob): string {
  return outcome === "done" ? `${job}: ${said}` : `${job} (${outcome}): ${said}`;
}

export function proposalLines(proposals: readonly Proposal[]): readonly string[] {
  return proposals.map(({ about, text, command }) => `${about}: ${text}; ${command}`);
}

/** What the latest end of each job proposed, and what else does: the same thing once. */
export function openProposals(
  { ended }: DaemonRecord,
  others: readonly Proposal[],
): readonly Proposal[] {
  const latest = new Map(ended.map((end) => [end.job, end.proposals]));
  const all = [...others, ...[...latest.values()].flat()];
  return [...new Map(all.map((one) => [`${one.about}\n${one.command}`, one])).values()];
}
