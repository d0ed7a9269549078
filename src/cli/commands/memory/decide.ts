import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { dream, factsOf } from "../../../app/dream.ts";
import { ownChanges } from "../../../core/memory/own-changes.ts";
import { changesOf, tellChanges } from "../../../core/memory/tell-changes.ts";
import { printableLine } from "../../../core/printable.ts";
import { shownCount } from "../../../core/report/figures.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import type { Fact } from "../../../model/memory-fact.ts";
import type { MemorySnapshot } from "../../../ports/memory-store.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems, shortId } from "../../memory-facts.ts";
import { printFailure } from "../../print-failure.ts";

/** What a person decided, and the memory that they saw when they did. */
export interface Decision {
  readonly entries: readonly MemoryEntry[];
  readonly snapshot: Pick<MemorySnapshot, "files">;
  /** What is told where no fact changes by it. */
  readonly unseen?: string;
}

/**
 * Writes what a person decided into the record, and lets it take effect without the observations that wait for a dream. Gives the
 * exit code. While another process is at work on memory it is only noted, which is no failure: who said it again would say it twice.
 */
export async function decide(world: DreamWorld, decision: Decision, io: Io): Promise<number> {
  const done = await decideNow(world, decision, io);
  return done === "noted" ? 0 : done;
}

/** The same; `noted`: it is in the record, and has no effect yet. */
export async function decideNow(
  world: DreamWorld,
  decision: Decision,
  io: Io,
): Promise<number | "noted"> {
  const taken = await world.store.takeIn(decision.entries, "decided");
  if (!taken.ok) return endWith(taken.error, io);
  const before = factsOf(decision.snapshot.files);
  const done = await dream(world, { reads: isDecided });
  if (!done.ok && done.error.kind !== "busy") return endWith(done.error, io);
  if (!done.ok) {
    // Whoever is at work may have taken it in by now.
    const since = await world.store.snapshot();
    const told = since.ok
      ? toldOf(decision, { before, after: factsOf(since.value.files) })
      : undefined;
    io.stdout(told ?? "noted; it takes effect with the next skein dream\n");
    if (told !== undefined) return 0;
    io.stderr(`${done.error.message}; there is nothing to do again\n`);
    return "noted";
  }
  noteProblems(done.value.problems, io);
  const told = toldOf(decision, { before, after: done.value.facts });
  io.stdout(told ?? decision.unseen ?? "nothing changed by it\n");
  return 0;
}

/** Shows what a decision would change, and writes nothing. */
export async function tryDecision(
  world: DreamWorld,
  decision: Omit<Decision, "snapshot">,
  io: Io,
): Promise<number> {
  // What was written into files and no dream has read is taken in first, and may be what they decide on.
  const before = await dream(world, { isDryRun: true, reads: () => false });
  const done = before.ok
    ? await dream(world, { isDryRun: true, reads: isDecided, also: decision.entries })
    : before;
  if (!before.ok || !done.ok) {
    if (!done.ok) printFailure(done.error, io);
    return 2;
  }
  const told = toldOf(decision, { before: before.value.facts, after: done.value.facts });
  io.stdout(told ?? "nothing would change by it\n");
  io.stdout("nothing was written (--dry-run)\n");
  return 0;
}

function isDecided(segment: string): boolean {
  return segment.startsWith("decided-");
}

/** What became of it; undefined: nothing is to be seen of it. */
function toldOf(
  { entries }: Omit<Decision, "snapshot">,
  { before, after }: { readonly before: readonly Fact[]; readonly after: readonly Fact[] },
): string | undefined {
  const changes = changesOf(before, after);
  const { own, others, known } = ownChanges(changes, { entries, before, after });
  const lines = known.map(
    ({ id, text }) => `  known       ${shortId(id)}  ${printableLine(text)}\n`,
  );
  if (own.length + known.length === 0) return undefined;
  const more =
    others === 0 ? [] : [`… and ${shownCount(others, "other change")}: skein memory history\n`];
  return [tellChanges(own), ...lines, ...more].join("");
}
