import { indexFile } from "../../../core/memory/render-tree.ts";
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
  const { left, again } = undone.value;
  const edited = again.filter((path) => path !== indexFile && !left.includes(path));
  noteProblems(
    [
      ...left.map((path) => `memory/${path} was edited since; it is left as it is`),
      ...edited.map(
        (path) =>
          `memory/${path} is as you had left it before, for the next skein dream; skein memory restore ${path} gives that up`,
      ),
    ],
    io,
  );
  return 0;
}
