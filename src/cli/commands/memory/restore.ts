import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { indexFile } from "../../../core/memory/render-tree.ts";
import { failure } from "../../../model/failure.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import type { MemorySnapshot } from "../../../ports/memory-store.ts";
import type { Io } from "../../io.ts";
import { editsIn, noteProblems } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryRestoreOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein memory restore`: files of memory as the latest dream left them; without a name those that cannot be read. */
export async function memoryRestoreCommand(options: MemoryRestoreOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  const { store } = world.value;
  let missing: readonly string[] = [];
  const restored = await store.alone(async (): Promise<Result<readonly string[]>> => {
    const snapshot = await store.snapshot();
    if (!snapshot.ok) return snapshot;
    const { files, tree } = snapshot.value;
    missing = [...files.keys()].filter((path) => !tree.has(path) && path !== indexFile);
    const paths =
      options.paths.length === 0
        ? brokenIn(snapshot.value, world.value)
        : options.paths.map((path) => below(path));
    const unknown = paths.find((path) => !snapshot.value.files.has(path));
    if (unknown !== undefined) return err(noSuchFile(unknown));
    const done = await store.restore(paths);
    return done.ok ? ok(paths.map((path) => toldOf(path, done.value.get(path)))) : done;
  });
  if (!restored.ok) {
    printFailure(restored.error, io);
    return 2;
  }
  if (restored.value.length === 0) {
    io.stderr("every file that is there can be read\n");
    noteProblems(
      missing.map(
        (path) => `memory/${path} is missing; skein memory restore ${path} brings it back`,
      ),
      io,
    );
  }
  for (const line of restored.value) io.stdout(line);
  return 0;
}

function toldOf(path: string, kept: string | undefined): string {
  const was = kept === undefined ? "" : `; what was there is in .skein/memory/${kept}`;
  return `.skein/memory/${path} is as the latest dream left it${was}\n`;
}

function noSuchFile(path: string): ReturnType<typeof failure> {
  return failure("usage", `the latest dream left no file ${path}`, {
    hint: "name one below .skein/memory, such as project/web-port-1a2b3c4d.md",
  });
}

/** People give a file as they see it from where they are. */
function below(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:.*\/)?\.skein\/memory\/|^memory\//, "");
}

/** Files that dreams pass over, with a text of them that can be read. */
function brokenIn(
  snapshot: MemorySnapshot,
  world: Pick<DreamWorld, "clock" | "hash">,
): readonly string[] {
  const { absorbed } = editsIn(snapshot, world);
  return [...snapshot.files.keys()].filter(
    (path) => snapshot.tree.get(path) !== snapshot.files.get(path) && !absorbed.has(path),
  );
}
