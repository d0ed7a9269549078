import type { DreamWorld } from "../app/consolidate-record.ts";
import { dream, factsOf } from "../app/dream.ts";
import { saidIn } from "../core/memory/observations-in.ts";
import { readEdits } from "../core/memory/read-edits.ts";
import { ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import { type ReadMemory, readMemory, type Renamed } from "./memory-facts.ts";

/**
 * Takes in what a person wrote into memory's files before what they say now: else it would count as said later. Another process that is at
 * work on memory does so itself.
 */
export async function takeEdits(world: DreamWorld): Promise<Result<Renamed>> {
  const before = await world.store.snapshot();
  if (!before.ok) return before;
  const { absorbed, reworded } = readEdits({
    ...before.value,
    isSaid: saidIn(before.value.segments),
    isTracked: () => false,
    at: new Date(world.clock.now()).toISOString(),
    hash: world.hash,
  });
  if (absorbed.size === 0) return ok(new Map());
  const taken = await dream(world, { reads: () => false });
  if (!taken.ok) return taken.error.kind === "busy" ? ok(new Map()) : taken;
  const after = await world.store.snapshot();
  if (!after.ok) return after;
  const bySession = new Map(
    factsOf(after.value.files).flatMap(({ id, sources }) =>
      sources.map(({ session }) => [session, id] as const),
    ),
  );
  return ok(
    new Map(
      [...reworded].flatMap(([id, session]) => {
        const now = bySession.get(session);
        return now === undefined ? [] : [[id, now] as const];
      }),
    ),
  );
}

/** Memory as a person decides on it: with what they wrote into its files. */
export async function readSettled(
  world: DreamWorld,
  io: Pick<Io, "stderr" | "color">,
): Promise<Result<ReadMemory & { readonly renamed: Renamed }>> {
  const renamed = await takeEdits(world);
  if (!renamed.ok) return renamed;
  const read = await readMemory(world, io);
  return read.ok ? ok({ ...read.value, renamed: renamed.value }) : read;
}
