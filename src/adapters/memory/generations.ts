import * as z from "zod";

import { parseJson } from "../../core/parse-json.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { HeldGeneration } from "../../ports/memory-store.ts";
import { draftEnd, makeDirDurably, writeDurably } from "./durably.ts";
import { obstaclesOn } from "./obstacles-on.ts";

export const treeDir = "memory";
export const generationsDir = "memory.gen";
const stateFile = `${generationsDir}/state.json`;
/** So many dreams can be taken back. */
export const undoMax = 20;

const numberSchema = z.number().int().min(1);
const stateSchema = z.strictObject({
  /** The generation that holds; 0 is the empty one. */
  current: z.number().int().min(0),
  /** Whether the files that people see are those of it. False: a crash came between, they are brought there first. */
  isApplied: z.boolean(),
  /** Dreams that are being taken back and still have to be, the latest first. Earlier versions took back one, and named that. */
  undoing: z.union([z.array(numberSchema), numberSchema.transform((one) => [one])]).optional(),
  /** Files that something else was in the place of, so nobody has seen them: where they are not, nobody removed them. */
  unwritten: z.array(z.string()).default([]),
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
  report: z.unknown(),
});
export type Generation = z.output<typeof generationSchema>;

export const nothing: Generation = {
  generation: 0,
  at: "",
  read: [],
  files: {},
  before: {},
  broken: {},
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
  if (text === undefined && newest === 0) return { current: 0, isApplied: true, unwritten: [] };
  if (newest === 0)
    throw new Damaged(`.skein/${stateFile} cannot be read, and no generation is there`);
  const why = text === undefined ? "is gone" : "cannot be read";
  return {
    current: newest,
    isApplied: false,
    unwritten: [],
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

export async function writeGeneration(files: MemoryFiles, held: Generation): Promise<void> {
  await writeDurably(files, fileOf(held.generation), JSON.stringify(held));
}

function fileOf(number: number): string {
  return `${generationsDir}/${number}.json`;
}

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

/** Removes every generation but the one that holds, with what people had changed before it, and all that tells of changes. */
export async function dropHistory(files: MemoryFiles): Promise<void> {
  const { current } = await readState(files);
  for (const { name, kind } of await files.list(generationsDir)) {
    const isOne = /^\d{1,9}\.(?:json|diff)$/.test(name) || name.endsWith(draftEnd);
    if (isOne && kind === "file" && name !== `${current}.json`)
      await files.remove(`${generationsDir}/${name}`);
  }
  if (current === 0) return;
  const held = await readGeneration(files, current);
  await writeGeneration(files, { ...held, before: {}, broken: {} });
}

export async function writeState(files: MemoryFiles, state: State): Promise<void> {
  await makeDirDurably(files, generationsDir);
  await writeDurably(files, stateFile, `${JSON.stringify(state)}\n`);
}

/** These files are about to be written: where they are not, whatever cuts that off, nobody has removed them. */
export async function noteUnwritten(files: MemoryFiles, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const { current, isApplied, unwritten } = await readState(files);
  const all = [...new Set([...unwritten, ...paths])];
  await writeState(files, { current, isApplied, unwritten: all });
}

/** Of what could not be written takes out what is there by now: where that is gone later, somebody removed it. */
export async function noteWritten(files: MemoryFiles): Promise<void> {
  const { current, isApplied, unwritten } = await readState(files);
  if (unwritten.length === 0 || !isApplied) return;
  const obstacles = await obstaclesOn(files, treeDir, unwritten);
  const missing: string[] = [];
  for (const path of unwritten) {
    const isThere = (): Promise<boolean> =>
      files.read(`${treeDir}/${path}`).then(
        (text) => text !== undefined,
        () => true,
      );
    if (obstacles.has(path) || !(await isThere())) missing.push(path);
  }
  if (missing.length < unwritten.length)
    await writeState(files, { current, isApplied, unwritten: missing });
}

/** Those beyond what can be taken back, those that were taken back, and drafts that a crash left. */
export async function forgetGenerations(files: MemoryFiles, current: number): Promise<void> {
  for (const { name, kind } of await files.list(generationsDir)) {
    if (kind !== "file") continue;
    const number = Number(/^(\d{1,9})\.(?:json|diff)$/.exec(name)?.[1] ?? current);
    const isOut = number > current || number < current - undoMax;
    if (isOut || name.endsWith(draftEnd)) await files.remove(`${generationsDir}/${name}`);
  }
}
