import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { waitingProposals } from "../../../adapters/daemon/waits-for-person.ts";
import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { saidBy } from "../../../core/memory/recall.ts";
import { sourcesOf } from "../../../core/memory/sources-of.ts";
import { printableLine } from "../../../core/printable.ts";
import { shownCount } from "../../../core/report/figures.ts";
import { failure } from "../../../model/failure.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import { findHeld } from "../../find-held.ts";
import type { Io } from "../../io.ts";
import {
  findFact,
  noteProblems,
  readMemory,
  shortId,
  type StoredFact,
} from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryReviewOptions } from "../../options/memory-options.ts";
import { paintFor } from "../../paint.ts";
import { printFailure } from "../../print-failure.ts";
import { whereText } from "../../source-text.ts";
import { takeEdits } from "../../take-edits.ts";
import { openTrace } from "../../trace-source.ts";
import { decide } from "./decide.ts";

/** `skein memory review`: what waits for a person, and what they say of it. */
export async function memoryReviewCommand(options: MemoryReviewOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  return options.accept.length + options.reject.length > 0
    ? decideOn(world.value, options, io)
    : listAll(world.value, options, io);
}

async function decideOn(world: DreamWorld, options: MemoryReviewOptions, io: Io): Promise<number> {
  const read = await takeEdits(world, io);
  if (!read.ok) return endWith(read.error, io);
  noteProblems(read.value.notes, io);
  const { facts, snapshot } = read.value;
  const waiting = facts.filter(isWaiting);
  const at = new Date(world.clock.now()).toISOString();
  const entries: Verdict[] = [];
  for (const [verdict, ids] of [
    ["accepted", options.accept],
    ["rejected", options.reject],
  ] as const) {
    for (const id of ids) {
      const found = findFact(waiting, id);
      if (!found.ok) {
        const held = findHeld(read.value, id, world.hash);
        printFailure(held.ok ? failure("usage", `"${id}" does not wait for you`) : held.error, io);
        return 2;
      }
      const { id: of, sources } = found.value.fact;
      entries.push({ id: of, entry: { type: "reviewed", at, verdict, sources } });
    }
  }
  const both = inBoth(entries);
  if (both !== undefined) {
    printFailure(failure("usage", `"${shortId(both)}" is accepted and rejected at once`), io);
    return 2;
  }
  return decide(world, { entries: entries.map(({ entry }) => entry), snapshot }, io);
}

/** A fact of which both was said. */
function inBoth(said: readonly Verdict[]): string | undefined {
  const by = (wanted: string): readonly string[] =>
    said.flatMap(({ id, entry }) => (entry.verdict === wanted ? [id] : []));
  return by("accepted").find((id) => by("rejected").includes(id));
}

interface Verdict {
  readonly id: string;
  readonly entry: Extract<MemoryEntry, { type: "reviewed" }>;
}

async function listAll(world: DreamWorld, options: MemoryReviewOptions, io: Io): Promise<number> {
  const read = await readMemory(world, io);
  if (!read.ok) return endWith(read.error, io);
  const { facts, snapshot } = read.value;
  const waiting = facts.filter(isWaiting);
  if (options.json) {
    io.stdout(waiting.map(({ fact }) => `${JSON.stringify(fact)}\n`).join(""));
    return 0;
  }
  const entries = snapshot.segments.flatMap((segment) => segment.entries);
  await list(waiting, { options, io, entries });
  await tellOfProposals(options, io);
  return 0;
}

function isWaiting({ fact }: StoredFact): boolean {
  return fact.review !== null;
}

async function list(
  waiting: readonly StoredFact[],
  {
    options,
    io,
    entries,
  }: {
    readonly options: MemoryReviewOptions;
    readonly io: Io;
    readonly entries: readonly MemoryEntry[];
  },
): Promise<void> {
  const { faint } = paintFor(io);
  const trace = openTrace(options);
  for (const { fact } of waiting) {
    const [first, ...more] = sourcesOf(fact, entries);
    const where = first === undefined ? "" : `, ${whereText(await trace(first))}`;
    const others = more.length === 0 ? "" : `, and ${more.length} more`;
    const said = `${saidBy[fact.evidence] ?? ""} on ${fact.observed_at.slice(0, 10)}${where}${others}`;
    io.stdout(
      `${shortId(fact.id)}  ${printableLine(fact.text)}\n          ${faint(printableLine(withShortIds(fact.review ?? "")))}\n          ${faint(said)}\n`,
    );
  }
  io.stderr(
    waiting.length === 0
      ? "nothing waits for you in memory\n"
      : "say so with skein memory review --accept ID or --reject ID; skein memory show ID tells all\n",
  );
}

/** Other facts are named as they are listed. */
function withShortIds(why: string): string {
  return why.replaceAll(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, (id) => shortId(id));
}

/** What waits elsewhere: a person asked what waits for them. */
async function tellOfProposals(options: MemoryReviewOptions, io: Io): Promise<void> {
  const repo = daemonRepo(options);
  const reader = { tell: (text: string) => noteProblems([text], io), isOwner: false };
  const record = repo.ok ? await readOwnRecord(repo.value, reader) : undefined;
  if (!repo.ok || record === undefined || record.proposals.length === 0) return;
  const count = (await waitingProposals(repo.value, record.proposals)).length;
  if (count > 0)
    io.stderr(
      `${shownCount(count, "proposal")} of the daemon ${count === 1 ? "waits" : "wait"}, too: skein daemon status\n`,
    );
}
