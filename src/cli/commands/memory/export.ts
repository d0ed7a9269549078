import type { Io } from "../../io.ts";
import { readMemory } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryExportOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein memory export`: every fact with all its fields, one a line, by id (docs/memory.md). */
export async function memoryExportCommand(options: MemoryExportOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await readMemory(world.value, io) : world;
  if (!read.ok) {
    printFailure(read.error, io);
    return 2;
  }
  io.stdout(
    read.value.facts
      .map(({ fact }) => `${JSON.stringify({ ...fact, body: fact.text })}\n`)
      .join(""),
  );
  return 0;
}
