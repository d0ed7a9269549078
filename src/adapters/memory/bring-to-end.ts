import { dirname } from "node:path/posix";

import {
  backFrom,
  bringFiles,
  type Bringing,
  type Brought,
  toGeneration,
} from "../../core/memory/bring-files.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { makeDirDurably, writeAllNamed, writeNamed } from "./durably.ts";
import {
  forgetGenerations,
  type Generation,
  generationsDir,
  nothing,
  readGeneration,
  readState,
  treeDir,
  writeGeneration,
  writeState,
} from "./generations.ts";
import { inboxDir, isByHand, writeSegment } from "./inbox.ts";
import { obstaclesOn } from "./obstacles-on.ts";

/**
 * Makes a generation the one that holds. It is one file: once the state names it, it holds, and whatever cuts off what comes
 * after is caught up with by `bringToEnd`.
 */
export async function commitGeneration(
  files: MemoryFiles,
  next: Generation,
  {
    diff,
    edits,
    absorbed,
    read: given,
  }: {
    readonly diff: string;
    readonly edits: readonly Parameters<typeof writeSegment>[1][];
    readonly absorbed: Absorbed;
    readonly read: ReadNumbered;
  },
): Promise<void> {
  await makeDirDurably(files, generationsDir);
  await writeNamed(files, `${generationsDir}/${next.generation}.diff`, diff);
  await writeGeneration(files, next);
  // Where the generation cannot be written the edit is in its file still, and may be given up.
  for (const edit of edits) await writeSegment(files, edit);
  const { unwritten } = await readState(files);
  await writeState(files, { current: next.generation, isApplied: false, unwritten });
  const read: ReadNumbered = async (number) => (number === next.generation ? next : given(number));
  await bringToEnd(files, { absorbed, read });
}

/** Texts of files that were read and may be replaced. A generation has them without secrets, which no longer says which they were. */
type Absorbed = ReadonlyMap<string, string | null>;

/** Files that somebody edited or removed, and those that something else is in the place of: they stay so. */
export type Stays = Pick<Brought, "left" | "removed" | "blocked">;

/**
 * Takes back the latest dreams, by their numbers, the latest first: none of them holds any more once the state says so, whatever cuts off
 * what comes after. Gives for each what was edited or removed since.
 */
export async function undoGenerations(
  files: MemoryFiles,
  undoing: readonly number[],
  read: ReadNumbered,
): Promise<readonly Stays[]> {
  const { current, unwritten } = await readState(files);
  await writeState(files, {
    current: current - undoing.length,
    isApplied: false,
    undoing: [...undoing],
    unwritten,
  });
  return bringToEnd(files, { read });
}

/** Who has read some already gives those. */
type ReadNumbered = (number: number) => Promise<Generation>;

/** Brings the files that people see to the generation that holds, step by step. Does nothing when they are there. */
export async function bringToEnd(
  files: MemoryFiles,
  {
    absorbed,
    read = (number) => readGeneration(files, number),
  }: { readonly absorbed?: Absorbed; readonly read?: ReadNumbered } = {},
): Promise<readonly Stays[]> {
  const { current, isApplied, undoing = [], ...state } = await readState(files);
  if (isApplied) return [];
  const stays: Stays[] = [];
  let { unwritten } = state;
  for (const [at, number] of undoing.entries()) {
    const [undone, held] = [await read(number), await read(number - 1)];
    const done = await apply(files, backFrom(undone, held, unwritten));
    stays.push(done);
    unwritten = [...done.blocked];
    await takeBack(files, undone.read, new Set(held.read));
    const left = undoing.slice(at + 1);
    if (left.length > 0)
      await writeState(files, { current, isApplied: false, undoing: left, unwritten });
  }
  if (undoing.length === 0) {
    const done = await applyDream(files, { current, absorbed, unwritten, read });
    stays.push(done);
    unwritten = [...done.blocked];
  }
  await writeState(files, { current, isApplied: true, unwritten });
  await forgetGenerations(files, current);
  return stays;
}

async function applyDream(
  files: MemoryFiles,
  {
    current,
    absorbed,
    unwritten,
    read,
  }: {
    readonly current: number;
    readonly absorbed: Absorbed | undefined;
    readonly unwritten: readonly string[];
    readonly read: ReadNumbered;
  },
): Promise<Stays> {
  const before =
    current > 1
      ? // It may have been erased: then nothing tells what was memory's own, and what is there stays.
        await read(current - 1).catch(() => nothing)
      : nothing;
  return apply(files, toGeneration(await read(current), { before, absorbed, unwritten }));
}

/**
 * What a person decided is taken back with the dream that did it, or the next dream would do it again; what they wrote into files is
 * in the files again. What sessions said waits for the next dream.
 */
async function takeBack(
  files: MemoryFiles,
  read: readonly string[],
  before: ReadonlySet<string>,
): Promise<void> {
  const own = read.filter((name) => isByHand(name) && !before.has(name));
  for (const name of own) await files.remove(`${inboxDir}/${name}`);
  if (own.length > 0) await files.syncDir(inboxDir);
}

async function apply(files: MemoryFiles, bringing: Bringing): Promise<Stays> {
  const { texts, gone, ...stays } = bringFiles(bringing, await lookAt(files, bringing.paths));
  const dirs = new Set(
    [...gone, ...texts.map(({ path }) => path)].map((one) => dirname(inTree(one))),
  );
  for (const dir of dirs) await makeDirDurably(files, dir);
  for (const path of gone) await files.remove(inTree(path));
  await writeAllNamed(
    files,
    texts.map(({ path, text }) => ({ path: inTree(path), text })),
  );
  for (const dir of dirs) await files.syncDir(dir);
  return stays;
}

function inTree(path: string): string {
  return `${treeDir}/${path}`;
}

/** What is there now at these paths. */
export async function lookAt(
  files: MemoryFiles,
  paths: readonly string[],
): Promise<Parameters<typeof bringFiles>[1]> {
  const obstacles = await obstaclesOn(files, treeDir, paths);
  const isBlocked = (path: string): boolean => obstacles.has(path);
  const texts = new Map<string, string | undefined>();
  for (const path of paths) if (!isBlocked(path)) texts.set(path, await files.read(inTree(path)));
  return { isBlocked, textAt: (path) => texts.get(path) };
}
