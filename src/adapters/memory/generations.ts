import { dirname } from "node:path/posix";

import * as z from "zod";

import {
  backFrom,
  bringFiles,
  type Bringing,
  type Brought,
  toGeneration,
} from "../../core/memory/bring-files.ts";
import { parseJson } from "../../core/parse-json.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { HeldGeneration } from "../../ports/memory-store.ts";
import { draftEnd, makeDirDurably, writeAllNamed, writeDurably, writeNamed } from "./durably.ts";
import { inboxDir, isByHand } from "./inbox.ts";
import { obstaclesOn } from "./obstacles-on.ts";

export const treeDir = "memory";
export const generationsDir = "memory.gen";
const stateFile = `${generationsDir}/state.json`;
/** So many dreams can be taken back. */
export const undoMax = 20;

const stateSchema = z.strictObject({
  /** The generation that holds; 0 is the empty one. */
  current: z.number().int().min(0),
  /** Whether the files that people see are those of it. False: a crash came between, they are brought there first. */
  isApplied: z.boolean(),
  /** Dreams that are being taken back and still have to be, the latest first. */
  undoing: z.array(z.number().int().min(1)).optional(),
});
export type State = z.output<typeof stateSchema> & {
  /** What was wrong with its file, and what is taken for it. */
  readonly problem?: string;
};

const generationSchema = z.object({
  generation: z.number().int().min(1),
  at: z.string(),
  read: z.array(z.string()),
  files: z.record(z.string(), z.string()),
  /** Files that people had changed since the generation before; null: they had removed it. */
  before: z.record(z.string(), z.string().nullable()),
  /** Parts of files that cannot be read: they stay behind what memory writes there. */
  broken: z.record(z.string(), z.string()).default({}),
  /** Files that something else was in the place of. */
  unwritten: z.array(z.string()).default([]),
  report: z.unknown(),
});
export type Generation = z.output<typeof generationSchema>;

const nothing: Generation = {
  generation: 0,
  at: "",
  read: [],
  files: {},
  before: {},
  broken: {},
  unwritten: [],
  report: {},
};

/** A file of memory's own says nothing that can be used, and nothing else says it: a person has to do something. */
export class Damaged extends Error {
  readonly hint =
    "nothing of it is lost, the inbox has all that was said: put the file back from a backup; or move .skein/memory.gen and all of .skein/memory but inbox elsewhere, and skein dream makes the facts anew";
}

/**
 * What holds. A state that is gone or cannot be read is made from the generations: the newest is the one that it named last,
 * since those that were taken back are removed.
 */
export async function readState(files: MemoryFiles): Promise<State> {
  const text = await files.read(stateFile);
  const read = stateSchema.safeParse(text === undefined ? undefined : parseJson(text));
  if (read.success) return read.data;
  const newest = Math.max(
    0,
    ...(await files.list(generationsDir)).map(({ name }) => numberOf(name)),
  );
  if (text === undefined && newest === 0) return { current: 0, isApplied: true };
  if (newest === 0)
    throw new Damaged(`.skein/${stateFile} cannot be read, and no generation is there`);
  const why = text === undefined ? "is gone" : "cannot be read";
  return {
    current: newest,
    isApplied: false,
    problem: `.skein/${stateFile} ${why}; it is made anew: generation ${newest}, the newest, holds`,
  };
}

/** 0 for what is none. */
function numberOf(name: string): number {
  return Number(/^(\d{1,9})\.json$/.exec(name)?.[1] ?? 0);
}

export async function readGeneration(files: MemoryFiles, number: number): Promise<Generation> {
  if (number === 0) return nothing;
  const path = fileOf(number);
  const text = await files.read(path);
  if (text === undefined) throw new Damaged(`.skein/${path} is gone`);
  const read = generationSchema.safeParse(parseJson(text));
  if (!read.success) throw new Damaged(`.skein/${path} cannot be read`);
  return read.data;
}

function fileOf(number: number): string {
  return `${generationsDir}/${number}.json`;
}

/**
 * Makes a generation the one that holds. It is one file: once the state names it, it holds, and whatever cuts off what comes
 * after is caught up with by `bringToEnd`.
 */
export async function commitGeneration(
  files: MemoryFiles,
  next: Generation,
  {
    diff,
    absorbed,
    read: given,
  }: { readonly diff: string; readonly absorbed: Absorbed; readonly read: ReadNumbered },
): Promise<void> {
  await makeDirDurably(files, generationsDir);
  await writeNamed(files, `${generationsDir}/${next.generation}.diff`, diff);
  await writeDurably(files, fileOf(next.generation), JSON.stringify(next));
  await writeState(files, { current: next.generation, isApplied: false });
  const read: ReadNumbered = async (number) => (number === next.generation ? next : given(number));
  await bringToEnd(files, { absorbed, read });
}

/** Texts of files that were read and may be replaced. A generation has them without secrets, which no longer says which they were. */
type Absorbed = ReadonlyMap<string, string | null>;

const head = /^\{"generation":\d+,"at":"([\d:.TZ-]+)","read":/;

/** Those that are held, the newest first, with what each changed. */
export async function heldGenerations(files: MemoryFiles): Promise<readonly HeldGeneration[]> {
  const { current } = await readState(files);
  const held: HeldGeneration[] = [];
  for (const { name } of await files.list(generationsDir)) {
    const number = numberOf(name);
    if (number === 0 || number > current) continue;
    const text = (await files.read(fileOf(number))) ?? "";
    // All of them are tens of megabytes: what is asked for stands at their beginning.
    const at = text.endsWith("}") ? head.exec(text)?.[1] : undefined;
    const diff = (await files.read(`${generationsDir}/${number}.diff`)) ?? "";
    const changes = diff.split("\n").filter((line) => line !== "");
    if (at !== undefined) held.push({ generation: number, at, changes });
  }
  return held.toSorted((a, b) => b.generation - a.generation);
}

/** Files that somebody edited or removed: they stay so. */
export type Stays = Pick<Brought, "left" | "removed">;

/**
 * Takes back the latest dreams, by their numbers, the latest first: none of them holds any more once the state says so, whatever cuts off
 * what comes after. Gives for each what was edited or removed since.
 */
export async function undoGenerations(
  files: MemoryFiles,
  undoing: readonly number[],
  read: ReadNumbered,
): Promise<readonly Stays[]> {
  const { current } = await readState(files);
  await writeUndoing(files, current - undoing.length, undoing);
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
  const { current, isApplied, undoing = [] } = await readState(files);
  if (isApplied) return [];
  const stays: Stays[] = [];
  for (const [at, number] of undoing.entries()) {
    const [undone, held] = [await read(number), await read(number - 1)];
    stays.push(await apply(files, backFrom(undone, held)));
    await takeBack(files, undone.read, new Set(held.read));
    if (at + 1 < undoing.length) await writeUndoing(files, current, undoing.slice(at + 1));
  }
  if (undoing.length === 0) stays.push(await applyDream(files, { current, absorbed, read }));
  await writeState(files, { current, isApplied: true });
  await forgetGenerations(files, current);
  return stays;
}

async function applyDream(
  files: MemoryFiles,
  {
    current,
    absorbed,
    read,
  }: {
    readonly current: number;
    readonly absorbed: Absorbed | undefined;
    readonly read: ReadNumbered;
  },
): Promise<Stays> {
  const before =
    current > 1
      ? // It may have been erased: then nothing tells what was memory's own, and what is there stays.
        await read(current - 1).catch(() => nothing)
      : nothing;
  return apply(files, toGeneration(await read(current), { before, absorbed }));
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
  const { texts, gone, left, removed } = bringFiles(bringing, await lookAt(files, bringing.paths));
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
  return { left, removed };
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

/** Removes every generation but the one that holds, with what people had changed before it, and all that tells of changes. */
export async function dropHistory(files: MemoryFiles): Promise<void> {
  const { current } = await readState(files);
  for (const { name } of await files.list(generationsDir)) {
    const number = /^(\d{1,9})\.(?:json|diff)$/.exec(name)?.[1];
    if (number !== undefined && name !== `${current}.json`)
      await files.remove(`${generationsDir}/${name}`);
  }
  if (current === 0) return;
  const held = await readGeneration(files, current);
  await writeDurably(files, fileOf(current), JSON.stringify({ ...held, before: {}, broken: {} }));
}

async function writeUndoing(
  files: MemoryFiles,
  current: number,
  undoing: readonly number[],
): Promise<void> {
  await writeState(files, { current, isApplied: false, undoing: [...undoing] });
}

async function writeState(files: MemoryFiles, state: State): Promise<void> {
  await makeDirDurably(files, generationsDir);
  await writeDurably(files, stateFile, `${JSON.stringify(state)}\n`);
}

/** Those beyond what can be taken back, those that were taken back, and drafts that a crash left. */
async function forgetGenerations(files: MemoryFiles, current: number): Promise<void> {
  for (const { name, kind } of await files.list(generationsDir)) {
    if (kind !== "file") continue;
    const number = Number(/^(\d{1,9})\.(?:json|diff)$/.exec(name)?.[1] ?? current);
    const isOut = number > current || number < current - undoMax;
    if (isOut || name.endsWith(draftEnd)) await files.remove(`${generationsDir}/${name}`);
  }
}
