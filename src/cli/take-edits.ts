import type { DreamWorld } from "../app/consolidate-record.ts";
import { dream, factsOf } from "../app/dream.ts";
import { tellOfFile } from "../core/memory/told-of-file.ts";
import { ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { lookAtMemory, noteProblems, type ReadMemory, type Renamed } from "./memory-facts.ts";

export interface TakenMemory extends ReadMemory {
  /** By what was just taken in. */
  readonly renamed: Renamed;
}

/**
 * Takes in what a person wrote into memory's files before what they say now, and tells them: else it would count as said later. Another
 * process that is at work on memory does so itself.
 */
export async function takeEdits(
  world: DreamWorld,
  io: Pick<Io, "stdout" | "stderr" | "color">,
): Promise<Result<TakenMemory>> {
  const looked = await lookAtMemory(world);
  if (!looked.ok) return looked;
  const before = ok({ ...looked.value, renamed: new Map() });
  const { absorbed, reworded, stays } = before.value.edits;
  if (absorbed.size === 0) return before;
  const taken = await dream(world, { reads: () => false });
  if (!taken.ok) return taken.error.kind === "busy" ? before : taken;
  io.stdout(taken.value.diff);
  noteProblems(stays.map(tellOfFile), io);
  const after = await lookAtMemory(world);
  if (!after.ok) return after;
  const bySession = new Map(
    factsOf(after.value.snapshot.files).flatMap(({ id, sources }) =>
      sources.map(({ session }) => [session, id] as const),
    ),
  );
  const renamed = new Map(
    [...reworded].flatMap(([id, session]) => {
      const now = bySession.get(session);
      return now === undefined ? [] : [[id, now] as const];
    }),
  );
  return ok({ ...after.value, renamed });
}
