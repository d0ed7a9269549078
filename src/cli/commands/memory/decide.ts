import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { dream } from "../../../app/dream.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { printFailure } from "../../print-failure.ts";

/**
 * Writes what a person decided into the record, and lets it take effect without the observations that wait for a dream. Gives the
 * exit code. While another process is at work on memory it is only noted, which is no failure: who said it again would say it twice.
 */
export async function decide(
  world: DreamWorld,
  entries: readonly MemoryEntry[],
  io: Io,
  reworded?: ReadonlyMap<string, string>,
): Promise<number> {
  const done = await decideNow(world, entries, io, reworded);
  return done === "noted" ? 0 : done;
}

/** The same; `noted`: it is in the record, and has no effect yet. */
export async function decideNow(
  world: DreamWorld,
  entries: readonly MemoryEntry[],
  io: Io,
  reworded: ReadonlyMap<string, string> = new Map(),
): Promise<number | "noted"> {
  const taken = await world.store.takeIn(entries, "decided");
  if (!taken.ok) {
    printFailure(taken.error, io);
    return 2;
  }
  const done = await dream(world, {
    reads: (segment) => segment.startsWith("decided-"),
    reworded,
  });
  if (!done.ok && done.error.kind === "busy") {
    io.stdout("noted; it takes effect with the next skein dream\n");
    io.stderr(`${done.error.message}; there is nothing to do again\n`);
    return "noted";
  }
  if (!done.ok) {
    printFailure(done.error, io);
    return 2;
  }
  noteProblems(done.value.problems, io);
  io.stdout(done.value.diff === "" ? "nothing changed by it\n" : done.value.diff);
  return 0;
}
