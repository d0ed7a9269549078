import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { cleanPath } from "../../../core/memory/clean-path.ts";
import { indexFile } from "../../../core/memory/render-tree.ts";
import { printableLine } from "../../../core/printable.ts";
import { failure } from "../../../model/failure.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import type { MemorySnapshot } from "../../../ports/memory-store.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { editsIn, noteProblems } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryRestoreOptions } from "../../options/memory-options.ts";

/** `skein memory restore`: files of memory as the latest dream left them; without a name those that cannot be read, or all. */
export async function memoryRestoreCommand(options: MemoryRestoreOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  const { store } = world.value;
  const restored = await store.alone(() => restore(world.value, options));
  if (!restored.ok) return endWith(restored.error, io);
  const { told, obstacles, missing } = restored.value;
  if (told.length + obstacles.length === 0) {
    io.stderr(
      options.all
        ? "every file is as the latest dream left it\n"
        : "every file that is there can be read\n",
    );
    noteProblems(
      missing.map(
        (path) => `memory/${path} is missing; skein memory restore ${path} brings it back`,
      ),
      io,
    );
  }
  for (const line of told) io.stdout(`${printableLine(line)}\n`);
  noteProblems(obstacles, io);
  return obstacles.length === 0 ? 0 : 2;
}

interface Restored {
  /** A line for each file. */
  readonly told: readonly string[];
  /** A line for each file that something is in the way of. */
  readonly obstacles: readonly string[];
  /** Files that the latest dream left and that are gone. */
  readonly missing: readonly string[];
}

async function restore(
  world: DreamWorld,
  options: MemoryRestoreOptions,
): Promise<Result<Restored>> {
  const snapshot = await world.store.snapshot();
  if (!snapshot.ok) return snapshot;
  const { files, tree } = snapshot.value;
  const named = options.paths.map((path) => below(path));
  const unknown = named.find((path) => !files.has(path) && !tree.has(path));
  if (unknown !== undefined) return err(noSuchFile(unknown));
  const paths = options.all
    ? changedIn(snapshot.value)
    : named.length > 0
      ? named
      : brokenIn(snapshot.value, world);
  const done = await world.store.restore(paths);
  if (!done.ok) return done;
  const { kept, obstacles } = done.value;
  // Somebody may have named a file by a secret; what memory names so only looks like one.
  const shown = (path: string): string => (files.has(path) ? path : cleanPath(path, world.clean));
  const told = paths
    .filter((path) => !obstacles.has(path))
    .map((path) =>
      files.has(path)
        ? asLeft(path, kept.get(path))
        : `.skein/memory/${shown(path)} is none of the latest dream's; it is in .skein/memory/${kept.get(path) ?? shown(path)}`,
    );
  const inTheWay = [...obstacles].map(([path, part]) =>
    files.has(path)
      ? `memory/${part} is in its place; move that away, and skein memory restore ${path} brings the file back`
      : `memory/${shown(path)} stays where it is: memory/${cleanPath(part, world.clean)} is where it was to be kept`,
  );
  const missing = [...files.keys()].filter((path) => !tree.has(path) && path !== indexFile);
  return ok({ told, obstacles: inTheWay, missing });
}

function asLeft(path: string, kept: string | undefined): string {
  const was = kept === undefined ? "" : `; what was there is in .skein/memory/${kept}`;
  return `.skein/memory/${path} is as the latest dream left it${was}`;
}

function noSuchFile(path: string): ReturnType<typeof failure> {
  return failure("usage", `there is no file ${path}, and the latest dream left none`, {
    hint: "name one below .skein/memory, such as project/web-port-1a2b3c4d.md",
  });
}

/** People give a file as they see it from where they are. */
function below(path: string): string {
  return path.replaceAll("\\", "/").replace(/^(?:.*\/)?\.skein\/memory\/|^memory\//, "");
}

/** What somebody changed, removed or added since the latest dream. */
function changedIn({ files, tree }: MemorySnapshot): readonly string[] {
  return [...new Set([...files.keys(), ...tree.keys()])].filter(
    (path) => tree.get(path) !== files.get(path),
  );
}

/** Files that dreams pass over, with a text of them that can be read. */
function brokenIn(
  snapshot: MemorySnapshot,
  world: Pick<DreamWorld, "clock" | "hash" | "clean">,
): readonly string[] {
  const { absorbed } = editsIn(snapshot, world);
  return [...snapshot.files.keys()].filter(
    (path) => snapshot.tree.get(path) !== snapshot.files.get(path) && !absorbed.has(path),
  );
}
