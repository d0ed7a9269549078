import { sourcesToErase } from "../../../core/memory/erase.ts";
import type { Io } from "../../io.ts";
import { findFact } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryForgetOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";
import { readSettled } from "../../take-edits.ts";
import { decide, decideNow } from "./decide.ts";

/** `skein memory forget`: the observations a fact was made of say nothing any more, also to later dreams. */
export async function memoryForgetCommand(options: MemoryForgetOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  const read = await readSettled(world.value, io);
  if (!read.ok) {
    printFailure(read.error, io);
    return 2;
  }
  const found = findFact(read.value.facts, options.id, read.value.renamed);
  if (!found.ok) {
    printFailure(found.error, io);
    return 2;
  }
  const at = new Date(world.value.clock.now()).toISOString();
  const { sources } = found.value.fact;
  if (!options.erase) return decide(world.value, [{ type: "forgot", at, sources }], io);
  const all = sourcesToErase(
    sources,
    read.value.snapshot.segments.flatMap(({ entries }) => entries),
  );
  const done = await decideNow(
    world.value,
    [{ type: "forgot", at, sources: [...all], erased: true }],
    io,
  );
  if (done === "noted") return 0;
  if (done === 0)
    io.stdout(
      "its words are gone from memory, and no earlier dream can be taken back; what runs wrote stays in .skein/runs, and files of memory that cannot be read, or end in .kept, were not looked through\n",
    );
  return done;
}
