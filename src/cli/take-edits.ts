import type { DreamWorld } from "../app/consolidate-record.ts";
import { dream, factsOf } from "../app/dream.ts";
import { ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { lookAtMemory, noteProblems, type ReadMemory, type Renamed } from "./memory-facts.ts";

/** Memory as a person decides on it: with what they wrote into its files. */
export interface Settled extends ReadMemory {
  readonly renamed: Renamed;
}

/**
 * Takes in what a person wrote into memory's files before what they say now, and tells them: else it would count as said later. Another
 * process that is at work on memory does so itself.
 */
export async function takeEdits(
  world: DreamWorld,
  io: Pick<Io, "stdout" | "stderr" | "color">,
): Promise<Result<Settled>> {
  const before = await lookAtMemory(world);
  if (!before.ok) return before;
  const { absorbed, reworded, stays } = before.value.edits;
  const asItIs = ok({ ...before.value, renamed: new Map<string, string>() });
  if (absorbed.size === 0) return asItIs;
  const taken = await dream(world, { reads: () => false });
  if (!taken.ok) return taken.error.kind === "busy" ? asItIs : taken;
  io.stdout(taken.value.diff);
  noteProblems(stays, io);
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
