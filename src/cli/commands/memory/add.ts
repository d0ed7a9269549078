import { byHand, type Observation } from "../../../model/memory-observation.ts";
import type { Io } from "../../io.ts";
import { noteMemoryPlace } from "../../note-memory-place.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryAddOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";
import { takeEdits } from "../../take-edits.ts";
import { decide } from "./decide.ts";

/** `skein memory add`: something you say, taken in at once. */
export async function memoryAddCommand(options: MemoryAddOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  noteMemoryPlace(options, io);
  const settled = await takeEdits(world.value, io);
  if (!settled.ok) {
    printFailure(settled.error, io);
    return 2;
  }
  const now = world.value.clock.now();
  const { text, scope, kind, subject, predicate, value } = options;
  const observation: Observation = {
    session: byHand,
    seq: now,
    at: new Date(now).toISOString(),
    origin: "user",
    text,
    scope,
    ...(kind === undefined ? {} : { kind }),
    ...(subject === undefined ? {} : { subject }),
    ...(predicate === undefined ? {} : { predicate }),
    ...(value === undefined ? {} : { value }),
  };
  const { snapshot } = settled.value;
  return decide(world.value, { entries: [{ type: "observed", observation }], snapshot }, io);
}
