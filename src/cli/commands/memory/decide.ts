import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { dream } from "../../../app/dream.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { printFailure } from "../../print-failure.ts";

/** Writes what a person decided into the record, and lets it take effect without the observations that wait for a dream. */
export async function decide(
  world: DreamWorld,
  entries: readonly MemoryEntry[],
  io: Io,
): Promise<number> {
  const taken = await world.store.takeIn(entries, "decided");
  if (!taken.ok) {
    printFailure(taken.error, io);
    return 2;
  }
  const done = await dream(world, { reads: (segment) => segment.startsWith("decided-") });
  if (!done.ok) {
    printFailure(done.error, io);
    return 2;
  }
  noteProblems(done.value.problems, io);
  io.stdout(done.value.diff === "" ? "nothing changed by it\n" : done.value.diff);
  return 0;
}
