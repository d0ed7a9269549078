import type { DreamWorld } from "../app/consolidate-record.ts";
import { ok, type Result } from "../model/result.ts";
import type { MemorySnapshot } from "../ports/memory-store.ts";
import { findHeld } from "./find-held.ts";
import type { Io } from "./io.ts";
import { noteProblems, type ReadMemory, type StoredFact } from "./memory-facts.ts";
import { openMemory } from "./open-memory.ts";
import { takeEdits } from "./take-edits.ts";

/** A fact that a person decides on, and the memory that it is of. */
export interface SettledFact {
  readonly world: DreamWorld;
  readonly snapshot: MemorySnapshot;
  readonly found: StoredFact;
}

/** The fact that a person means, once what they wrote into memory's files is taken in. */
export async function settledFact(
  options: Parameters<typeof openMemory>[0] & { readonly id: string },
  io: Io,
): Promise<Result<SettledFact>> {
  const settled = await settledMemory(options, io);
  if (!settled.ok) return settled;
  const { world, read } = settled.value;
  const found = findHeld(read, options.id, world.hash);
  return found.ok ? ok({ world, snapshot: read.snapshot, found: found.value }) : found;
}

/** Memory, with what a person wrote into its files taken in. */
export async function settledMemory(
  options: Parameters<typeof openMemory>[0],
  io: Io,
): Promise<Result<{ readonly world: DreamWorld; readonly read: ReadMemory }>> {
  const world = openMemory(options, io);
  if (!world.ok) return world;
  const read = await takeEdits(world.value, io);
  if (!read.ok) return read;
  noteProblems(read.value.notes, io);
  return ok({ world: world.value, read: read.value });
}
