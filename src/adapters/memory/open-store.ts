import { cleanFile, ownLines } from "../../core/memory/clean-file.ts";
import { cleanPath, cleanPaths } from "../../core/memory/clean-path.ts";
import { observationsIn } from "../../core/memory/observations-in.ts";
import { hiddenBehind, isTyped, withOwnNames } from "../../core/memory/own-names.ts";
import { redactProse } from "../../core/memory/safety/redact-prose.ts";
import { withoutSecrets } from "../../core/memory/safety/without-secrets.ts";
import { sourceName } from "../../core/memory/source-name.ts";
import { type Clean, cleanWith, redactValue } from "../../core/secrets/redact-value.ts";
import { wellFormed } from "../../core/well-formed.ts";
import { failure } from "../../model/failure.ts";
import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { MemoryStore, NewGeneration, Segment, Shortened } from "../../ports/memory-store.ts";
import { broughtBelow, type IsBrought } from "../git/brought-below.ts";
import { aloneIn } from "./alone-in.ts";
import { bringToEnd, commitGeneration } from "./bring-to-end.ts";
import { diskFiles } from "./disk-files.ts";
import { makeDirDurably } from "./durably.ts";
import { eraseWords } from "./erase-words.ts";
import {
  Damaged,
  generationsDir,
  heldGenerations,
  noteWritten,
  readState,
  treeDir,
} from "./generations.ts";
import {
  countedName,
  inboxDir,
  readSegments,
  segmentOf,
  takeOut,
  unknownOf,
  writeSegment,
} from "./inbox.ts";
import { keepOutOfGit } from "./keep-out-of-git.ts";
import { readingOnce } from "./reading-once.ts";
import { removeEmptied } from "./remove-emptied.ts";
import { restoreFiles } from "./restore-files.ts";
import { snapshotOf } from "./snapshot-of.ts";
import { undoDreams } from "./undo-dreams.ts";

/** What is remembered is this machine's. */
const keptDirs = [treeDir, generationsDir];

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
  // Told once more after it was mended: whoever mends it looks only then.
  const mended: string[] = [];
  const ready = async (): Promise<void> => {
    refuseBroughtGenerations(await brought());
    await makeDirDurably(files, generationsDir);
  };
  const recover = async (): Promise<void> => {
    const { problem } = await readState(files);
    if (problem !== undefined) mended.push(problem);
    await bringToEnd(files);
    await noteWritten(files);
  };
  const store: MemoryStore = {
    snapshot: () =>
      trying(async () => {
        refuseBroughtGenerations(await brought());
        const found = await snapshotOf(files);
        return { ...found, problems: toldOf([...mended, ...found.problems], clean) };
      }),
    takeIn: (entries, name) =>
      trying(async () => {
        await keepOutOfGit(files, keptDirs);
        return takeIn(files, entries, { name, now: clock.now(), clean });
      }),
    commit: (next) => trying(() => commit(files, next, { now: clock.now(), clean })),
    history: () =>
      trying(async () => {
        refuseBroughtGenerations(await brought());
        return heldGenerations(files);
      }),
    undo: async (steps, isDryRun = false) => {
      const done = await trying(async () => {
        refuseBroughtGenerations(await brought());
        return undoDreams(files, { steps, isDryRun });
      });
      return done.ok ? done.value : done;
    },
    restore: (paths) => trying(() => restoreFiles(files, paths, cleanText(clean))),
    erase: (names) => trying(async () => toldOf(await eraseWords(files, names), clean)),
    compact: (lines) => trying(() => compact(files, lines, clock.now())),
    alone: (work) => aloneIn(repo, [() => trying(ready), () => trying(recover)], work),
  };
  return store;
}

async function takeIn(
  files: MemoryFiles,
  given: readonly MemoryEntry[],
  { name, now, clean }: { readonly name: string; readonly now: number; readonly clean: Clean },
): Promise<number> {
  const entries = given.map((entry) => wellFormed(withoutSecrets(entry, clean)));
  const { segments } = await readSegments(files, new Set());
  const fresh = unknownOf(withOwnNames(entries, observationsOf(segments)), segments);
  if (fresh.length === 0) return 0;
  const own = await writeSegment(files, segmentOf({ entries: fresh, name, now }));
  const typed = new Set(observationsIn(fresh).filter(isTyped).map(sourceName));
  // Whoever said something at the same moment, while this was written, may have given it the same name.
  const known = new Set([own, ...segments.map((segment) => segment.name)]);
  const isNew = (await files.list(inboxDir)).some(
    (file) => file.name.endsWith(".jsonl") && !known.has(file.name),
  );
  if (typed.size === 0 || !isNew) return fresh.length;
  const since = (await readSegments(files, new Set())).segments;
  const held = observationsOf(since);
  const clashing = hiddenBehind(held.filter((one) => typed.has(sourceName(one))));
  const moved = unknownOf(withOwnNames(clashing, held), since);
  if (moved.length > 0) await writeSegment(files, segmentOf({ entries: moved, name, now }));
  return fresh.length;
}

function observationsOf(segments: readonly Segment[]): readonly Observation[] {
  return segments.flatMap(({ entries }) => observationsIn(entries));
}

/** They say what memory wrote, and so what it may replace or remove: nobody else's are believed. */
function refuseBroughtGenerations(isBrought: IsBrought): void {
  if (isBrought(generationsDir))
    throw new Error(
      `.skein/${generationsDir} came with the repository; git rm -r --cached it if it is yours, else remove it`,
    );
}

/** What is wrong with a line or a file is told with a piece of it. */
function toldOf<T>(told: T, clean: Clean): T {
  const cleanAll = cleanText(clean);
  return redactValue(told, (text) =>
    cleanAll(text).replaceAll(/\S*\/\S*/g, (path) => cleanPath(path, cleanAll)),
  );
}

function cleanText(clean: Clean): Clean {
  return (text) => redactProse(clean(text));
}

async function commit(
  files: MemoryFiles,
  next: NewGeneration,
  { now, clean }: { readonly now: number; readonly clean: Clean },
): Promise<number> {
  await keepOutOfGit(files, keptDirs);
  const { current } = await readState(files);
  const entries = next.edits.map((entry) => withoutSecrets(entry, clean));
  const edits = entries.length === 0 ? [] : [segmentOf({ entries, name: "edited", now })];
  const read = readingOnce(files);
  const held = next.absorbed.size === 0 ? {} : (await read(current)).files;
  const own = ownLines(held);
  const cleanOf = (path: string, text: string): string => cleanFile({ path, text }, { clean, own });
  const paths = cleanPaths(next.absorbed.keys(), {
    clean: cleanText(clean),
    isOwn: (path) => held[path] !== undefined,
  });
  const before = [...next.absorbed].map(
    ([path, text]) => [paths.get(path) ?? "", text === null ? null : cleanOf(path, text)] as const,
  );
  const broken = [...(next.broken ?? [])].map(
    ([path, text]) => [path, cleanOf(path, text)] as const,
  );
  const generation = {
    generation: current + 1,
    at: new Date(now).toISOString(),
    read: [...next.read, ...edits.map(({ file }) => file)].toSorted(),
    files: Object.fromEntries(next.files),
    before: Object.fromEntries(before),
    broken: Object.fromEntries(broken),
    report: toldOf(next.report, clean),
  };
  const { diff, absorbed } = next;
  await commitGeneration(files, generation, { diff, edits, absorbed, read });
  await removeEmptied(files, next.absorbed.keys(), cleanText(clean));
  return generation.generation;
}

/** The counts are there before the lines go: what is in both counts once. */
async function compact(
  files: MemoryFiles,
  { goes, counted }: Shortened,
  now: number,
): Promise<number> {
  const but =
    counted.length === 0
      ? undefined
      : await writeSegment(files, segmentOf({ entries: counted, name: countedName, now }));
  return takeOut(files, { goes, but });
}

async function trying<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const hint =
      error instanceof Damaged
        ? error.hint
        : "see that .skein is a folder of yours and the disk has room";
    return err(failure("io", `memory cannot be used: ${why}`, { hint }));
  }
}
