import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryUndoOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein memory undo`: every file of memory as it was before the latest dream, or the latest few. */
export async function memoryUndoCommand(options: MemoryUndoOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  const { store } = world.value;
  const undone = await store.alone(() => store.undo(options.steps));
  if (!undone.ok) {
    printFailure(undone.error, io);
    return 2;
  }
  io.stdout(
    `memory is at generation ${undone.value.generation} again; what you decided since is taken back, what sessions said waits for the next dream\n`,
  );
  noteProblems(
    undone.value.left.map((path) => `memory/${path} was edited since; it is left as it is`),
    io,
  );
  return 0;
}
