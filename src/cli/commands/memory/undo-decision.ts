import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { localTimes } from "../../../core/daemon/local-times.ts";
import type { Hash } from "../../../core/memory/fact-id.ts";
import { type Decided, lastDecision } from "../../../core/memory/last-decision.ts";
import { shownTime } from "../../../core/report/figures.ts";
import { type Failure, failure } from "../../../model/failure.ts";
import { timeOf } from "../../../model/memory-observation.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { ownEntries } from "../../facts-ever.ts";
import { findEver } from "../../find-merged.ts";
import type { Io } from "../../io.ts";
import { lookAtMemory, noteProblems, type ReadMemory } from "../../memory-facts.ts";
import { printFailure } from "../../print-failure.ts";
import { takeEdits } from "../../take-edits.ts";
import { decide, tryDecision } from "./decide.ts";

/**
 * `skein memory undo ID`: takes back the last thing that a person decided on a fact, and nothing else. That is a line of the record,
 * and so an undo of the dream that it brings takes it back, too.
 */
export async function undoDecision(
  given: DreamWorld,
  { id, dryRun }: { readonly id: string; readonly dryRun: boolean },
  io: Io,
): Promise<number> {
  const now = given.clock.now();
  // What was written into files and is only looked at has the time of the dream that would take it in.
  const world = dryRun ? { ...given, clock: { now: () => now } } : given;
  const read = await (dryRun ? lookAtMemory(world) : takeEdits(world, io));
  const last = read.ok ? decidedLast(read.value, id, world.hash) : read;
  if (!read.ok || !last.ok) {
    if (!last.ok) printFailure(last.error, io);
    return 2;
  }
  noteProblems(read.value.notes, io);
  const { what, at: of, sources, said } = last.value;
  const when = localTimes(`${shownTime(timeOf(of))} UTC`, io.timeZone);
  io.stdout(`${dryRun ? "would take back" : "takes back"} that you ${what} it on ${when}\n`);
  const entry = {
    type: "revoked" as const,
    at: new Date(now).toISOString(),
    of,
    sources: [...sources],
    said,
  };
  const decision = { entries: [entry], snapshot: read.value.snapshot };
  return (dryRun ? tryDecision : decide)(world, decision, io);
}

function decidedLast(read: ReadMemory, id: string, hash: Hash): Result<Decided> {
  const own = ownEntries(read);
  const found = findEver(read, id, hash);
  if (!found.ok) return found;
  const last = lastDecision(own, found.value.fact.sources);
  if (last === "none") return err(nothingDecided(id));
  if (last === "all taken back") return err(nothingLeft(id));
  return last.what === "erased" ? err(wasErased(id)) : ok(last);
}

function nothingDecided(id: string): Failure {
  return failure("usage", `you decided nothing on it that could be taken back: "${id}"`, {
    hint: `it comes from what sessions, files or an import said; skein memory forget ${id} forgets it`,
  });
}

function nothingLeft(id: string): Failure {
  return failure("usage", `all that you decided on it is taken back: "${id}"`, {
    hint: "skein memory undo takes back the dream that did so last; skein memory add says it anew",
  });
}

function wasErased(id: string): Failure {
  return failure("usage", `it was erased, which cannot be taken back: "${id}"`, {
    hint: "its words are nowhere any more; skein memory add says it anew",
  });
}
