import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { cleanWith } from "../../core/secrets/redact-value.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type {
  MemorySnapshot,
  MemoryStore,
  NewGeneration,
  UndoneDreams,
} from "../../ports/memory-store.ts";
import { broughtBelow, type IsBrought } from "../git/brought-below.ts";
import { claimFolder } from "../run-owner.ts";
import { diskFiles } from "./disk-files.ts";
import { makeDirDurably, writeDurably } from "./durably.ts";
import {
  bringToEnd,
  commitGeneration,
  generationsDir,
  readGeneration,
  readState,
  treeDir,
  undoGeneration,
} from "./generations.ts";
import { readSegments, unknownOf, withoutSecrets, writeSegment } from "./inbox.ts";
import { readTree } from "./read-tree.ts";

/** The memory of a repository, in its `.skein`. `known` are secrets by value. */
export function openMemoryStore(
  repo: string,
  {
    clock,
    known = [],
    files = diskFiles(repo),
    brought = () => broughtBelow(repo, ".skein"),
  }: {
    readonly clock: Pick<Clock, "now">;
    readonly known?: readonly string[];
    readonly files?: MemoryFiles;
    /** Tells of paths below `.skein` whether they came with the repository. */
    readonly brought?: () => Promise<IsBrought>;
  },
): MemoryStore {
  const clean = cleanWith(known);
  const store: MemoryStore = {
    snapshot: () =>
      trying(async () => {
        refuseBroughtGenerations(await brought());
        return snapshotOf(files);
      }),
    takeIn: (entries, name) =>
      trying(async () => {
        await keepOutOfGit(files);
        const { segments } = await readSegments(files, new Set());
        const fresh = unknownOf(entries, segments).map((entry) => withoutSecrets(entry, clean));
        if (fresh.length > 0) await writeSegment(files, { entries: fresh, name, now: clock.now() });
        return fresh.length;
      }),
    commit: (next) => trying(() => commit(files, next, clock.now())),
    undo: (steps) =>
      trying(async () => {
        refuseBroughtGenerations(await brought());
        return undone(files, steps);
      }),
    alone: async (work) => {
      const folder = join(repo, ".skein", generationsDir);
      const made = await trying(async () => {
        refuseBroughtGenerations(await brought());
        await makeDirDurably(files, generationsDir);
        await mkdir(folder, { recursive: true, mode: 0o700 });
      });
      if (!made.ok) return made;
      const claimed = await claimFolder(folder, "memory");
      if (!claimed.ok) return claimed;
      try {
        const recovered = await trying(() => bringToEnd(files));
        return recovered.ok ? await work() : recovered;
      } finally {
        await claimed.value();
      }
    },
  };
  return store;
}

/** They say what memory wrote, and so what it may replace or remove: nobody else's are believed. */
function refuseBroughtGenerations(isBrought: IsBrought): void {
  if (isBrought(generationsDir))
    throw new Error(
      `.skein/${generationsDir} came with the repository; git rm -r --cached it if it is yours, else remove it`,
    );
}

async function undone(files: MemoryFiles, steps: number): Promise<UndoneDreams> {
  const left: string[] = [];
  const { current } = await readState(files);
  if (current < steps)
    throw new Error(
      current === 0 ? "there is no dream to take back" : `only ${current} dreams can be taken back`,
    );
  for (let step = 0; step < steps; step += 1) left.push(...(await undoGeneration(files)));
  return { generation: (await readState(files)).current, left };
}

async function snapshotOf(files: MemoryFiles): Promise<MemorySnapshot> {
  const state = await readState(files);
  const held = await readGeneration(files, state.current);
  const { segments, problems } = await readSegments(files, new Set(held.read));
  const gen = new Map(Object.entries(held.files));
  const tree = state.isApplied ? await readTree(files) : { tree: gen, problems: [] };
  return {
    generation: state.current,
    files: gen,
    tree: tree.tree,
    segments,
    problems: [...problems, ...tree.problems],
  };
}

async function commit(files: MemoryFiles, next: NewGeneration, now: number): Promise<number> {
  await keepOutOfGit(files);
  const { current } = await readState(files);
  const edits =
    next.edits.length === 0
      ? []
      : [await writeSegment(files, { entries: next.edits, name: "edited", now })];
  const generation = {
    generation: current + 1,
    at: new Date(now).toISOString(),
    read: [...next.read, ...edits].toSorted(),
    files: Object.fromEntries(next.files),
    before: Object.fromEntries(next.absorbed),
    report: next.report,
  };
  await commitGeneration(files, generation, next.diff);
  return generation.generation;
}

/** What is remembered is this machine's; `git add -f` is how somebody says otherwise. */
async function keepOutOfGit(files: MemoryFiles): Promise<void> {
  for (const dir of [treeDir, generationsDir]) {
    if ((await files.read(`${dir}/.gitignore`)) !== undefined) continue;
    await makeDirDurably(files, dir);
    await writeDurably(files, `${dir}/.gitignore`, "*\n");
  }
}

async function trying<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(
      failure("io", `memory cannot be used: ${why}`, {
        hint: "see that .skein is a folder of yours and the disk has room",
      }),
    );
  }
}
