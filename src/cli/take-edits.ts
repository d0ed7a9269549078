import type { DreamWorld } from "../app/consolidate-record.ts";
import { dream } from "../app/dream.ts";
import { tellOfFile } from "../core/memory/told-of-file.ts";
import type { Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { lookAtMemory, noteProblems, type ReadMemory } from "./memory-facts.ts";

/**
 * Takes in what a person wrote into memory's files before what they say now, and tells them: else it would count as said later. Another
 * process that is at work on memory does so itself.
 */
export async function takeEdits(
  world: DreamWorld,
  io: Pick<Io, "stdout" | "stderr" | "color">,
): Promise<Result<ReadMemory>> {
  const before = await lookAtMemory(world);
  if (!before.ok) return before;
  const { absorbed, stays } = before.value.edits;
  if (absorbed.size === 0) return before;
  const taken = await dream(world, { reads: () => false });
  if (!taken.ok) return taken.error.kind === "busy" ? before : taken;
  io.stdout(taken.value.diff);
  noteProblems(stays.map(tellOfFile), io);
  return lookAtMemory(world);
}
