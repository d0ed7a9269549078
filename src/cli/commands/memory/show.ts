import { renderFact } from "../../../core/memory/fact-file.ts";
import { saidBefore } from "../../../core/memory/said-before.ts";
import { saidElsewhere } from "../../../core/memory/said-elsewhere.ts";
import { sourcesOf } from "../../../core/memory/sources-of.ts";
import { printable, printableLine } from "../../../core/printable.ts";
import type { Observation } from "../../../model/memory-observation.ts";
import { endWith } from "../../end-with.ts";
import { findHeld } from "../../find-held.ts";
import type { Io } from "../../io.ts";
import { readMemory, shortId } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryShowOptions } from "../../options/memory-options.ts";
import { sourceText } from "../../source-text.ts";
import { openTrace, type Traced } from "../../trace-source.ts";

/** `skein memory show`: a fact whole, and what it was made of: who said it, what they had seen, and where that stands. */
export async function memoryShowCommand(options: MemoryShowOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await readMemory(world.value, io) : world;
  if (!world.ok) return endWith(world.error, io);
  if (!read.ok) return endWith(read.error, io);
  const found = findHeld(read.value, options.id, world.value.hash);
  if (!found.ok) return endWith(found.error, io);
  const { fact, path } = found.value;
  const entries = read.value.snapshot.segments.flatMap((segment) => segment.entries);
  const trace = openTrace(options);
  const traced = (said: readonly Observation[]): Promise<readonly TracedObservation[]> =>
    Promise.all(said.map(async (one) => ({ ...one, found: await trace(one) })));
  const sources = await traced(sourcesOf(fact, entries));
  const earlier = await traced(saidBefore(fact, entries));
  const elsewhere = saidElsewhere(read.value.facts.map((one) => one.fact))(fact);
  if (options.json) {
    const others = elsewhere.map(({ id, scope, text }) => ({ id, scope, text }));
    io.stdout(
      `${JSON.stringify({ ...fact, path, observations: sources, earlier, elsewhere: others })}\n`,
    );
    return 0;
  }
  io.stdout(`${printable(`.skein/memory/${path}`)}\n\n${printable(renderFact(fact))}`);
  if (elsewhere.length > 0)
    io.stdout(
      "\nwhat other scopes say of it; of what is as sure, user comes before project, and that before agents\n",
    );
  for (const { id, scope, text } of elsewhere)
    io.stdout(`  ${shortId(id)}  ${printableLine(text)} (${scope})\n`);
  if (sources.length > 0) io.stdout("\nwhat it was made of\n");
  for (const one of sources) io.stdout(sourceText(one, one.found));
  if (earlier.length > 0)
    io.stdout("\nwhat it said before it was edited, or by an edit that was taken back\n");
  for (const one of earlier) io.stdout(sourceText(one, one.found));
  return 0;
}

interface TracedObservation extends Observation {
  readonly found: Traced;
}
