import { renderFact } from "../../../core/memory/fact-file.ts";
import { observationsIn } from "../../../core/memory/observations-in.ts";
import { sourceName } from "../../../core/memory/source-name.ts";
import { printable } from "../../../core/printable.ts";
import type { Io } from "../../io.ts";
import { findFact, readMemory } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryShowOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein memory show`: a fact whole, and the observations it was made of. */
export async function memoryShowCommand(options: MemoryShowOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await readMemory(world.value, io) : world;
  if (!read.ok) {
    printFailure(read.error, io);
    return 2;
  }
  const found = findFact(read.value.facts, options.id);
  if (!found.ok) {
    printFailure(found.error, io);
    return 2;
  }
  const { fact, path } = found.value;
  const named = new Set(fact.sources.map(sourceName));
  const entries = read.value.snapshot.segments.flatMap((segment) => segment.entries);
  const sources = observationsIn(entries)
    .filter((one) => named.has(sourceName(one)))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  if (options.json) {
    io.stdout(`${JSON.stringify({ ...fact, path, observations: sources })}\n`);
    return 0;
  }
  io.stdout(`${printable(`.skein/memory/${path}`)}\n\n${printable(renderFact(fact))}`);
  if (sources.length > 0) io.stdout("\nwhat it was made of\n");
  for (const { at, origin, session, seq, text } of sources) {
    io.stdout(`  ${at}  ${origin}  ${printable(session)} #${seq}: ${printable(text)}\n`);
  }
  return 0;
}
