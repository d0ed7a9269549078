import { observationsIn } from "../../../core/memory/observations-in.ts";
import { sourceName } from "../../../core/memory/source-name.ts";
import type { Fact } from "../../../model/memory-fact.ts";
import type { Cite } from "../../../model/memory-observation.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { readMemory } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryExportOptions } from "../../options/memory-options.ts";

/** Most of what was seen that goes with a fact. */
const citesMax = 20;

/** `skein memory export`: every fact with all its fields, one a line, by id (docs/memory.md). */
export async function memoryExportCommand(options: MemoryExportOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await readMemory(world.value, io) : world;
  if (!read.ok) return endWith(read.error, io);
  const observed = new Map(
    observationsIn(read.value.snapshot.segments.flatMap(({ entries }) => entries)).map((one) => [
      sourceName(one),
      one,
    ]),
  );
  const citesOf = ({ sources }: Fact): readonly Cite[] =>
    sources.flatMap((source) => observed.get(sourceName(source))?.cites ?? []).slice(0, citesMax);
  io.stdout(
    read.value.facts
      .map(({ fact }) => `${JSON.stringify({ ...fact, body: fact.text, cites: citesOf(fact) })}\n`)
      .join(""),
  );
  return 0;
}
