import { factsOf } from "../../../app/dream.ts";
import { indexFile } from "../../../core/memory/render-tree.ts";
import { changesOf, tellChanges } from "../../../core/memory/tell-changes.ts";
import type { UndoneDreams } from "../../../ports/memory-store.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryUndoOptions } from "../../options/memory-options.ts";
import { undoDecision } from "./undo-decision.ts";

/** `skein memory undo`: every file of memory as it was before the latest dream, or the latest few; or one decision taken back. */
export async function memoryUndoCommand(options: MemoryUndoOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  const { steps, id, dryRun } = options;
  if (id !== undefined) return undoDecision(world.value, { id, dryRun }, io);
  const { store } = world.value;
  const undone = await store.alone(() => store.undo(steps, dryRun));
  if (!undone.ok) return endWith(undone.error, io);
  const { generation, from, to } = undone.value;
  io.stdout(tellChanges(changesOf(factsOf(from), factsOf(to))));
  io.stdout(
    dryRun
      ? `memory would be at generation ${generation} again; nothing was written (--dry-run)\n`
      : `memory is at generation ${generation} again; what you decided since is taken back, what sessions said waits for the next dream\n`,
  );
  noteProblems(notesOf(undone.value, dryRun ? "would be" : "is"), io);
  return 0;
}

function notesOf(
  { left, blocked, removed, again }: UndoneDreams,
  is: "is" | "would be",
): readonly string[] {
  const edited = again.filter((path) => path !== indexFile && !left.includes(path));
  return [
    ...left.map((path) => `memory/${path} was edited since; it ${is} left as it is`),
    ...blocked.map(
      (path) =>
        `something else is in the place of memory/${path}, which ${is} not written; once that is away, skein memory restore ${path} brings it`,
    ),
    ...removed.map((path) => `memory/${path} was removed since; it ${is} left so`),
    ...edited.map((path) => `memory/${path} ${is} as you had left it before`),
    ...(edited.length + removed.length === 0
      ? []
      : [
          "the next skein dream takes that in again; skein memory restore --all gives it up, or with a name one file",
        ]),
  ];
}
