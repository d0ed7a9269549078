import type { DreamWorld } from "../app/consolidate-record.ts";
import { ok, type Result } from "../model/result.ts";
import type { MemorySnapshot } from "../ports/memory-store.ts";
import type { Io } from "./io.ts";
import { findFact, noteProblems, type StoredFact } from "./memory-facts.ts";
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
  const world = openMemory(options, io);
  if (!world.ok) return world;
  const settled = await takeEdits(world.value, io);
  if (!settled.ok) return settled;
  noteProblems(settled.value.notes, io);
  const { facts, renamed, snapshot } = settled.value;
  const found = findFact(facts, options.id, renamed);
  return found.ok ? ok({ world: world.value, snapshot, found: found.value }) : found;
}
