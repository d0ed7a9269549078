import type { DreamFigures } from "../core/memory/consolidate.ts";
import { dueErasures } from "../core/memory/erase.ts";
import { factsIn } from "../core/memory/fact-files.ts";
import { saidIn } from "../core/memory/observations-in.ts";
import { whyUnseen } from "../core/memory/probe-words.ts";
import { type Edits, readEdits } from "../core/memory/read-edits.ts";
import { indexFile, renderTree } from "../core/memory/render-tree.ts";
import { withoutSecrets } from "../core/memory/safety/without-secrets.ts";
import { type Change, changesOf, tellChanges } from "../core/memory/tell-changes.ts";
import { tellOfFile } from "../core/memory/told-of-file.ts";
import { verifyStore } from "../core/memory/verify-store.ts";
import { remembered } from "../core/memory/words/remembered.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { Fact } from "../model/memory-fact.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { MemorySnapshot, NewGeneration } from "../ports/memory-store.ts";
import { consolidateAll, type DreamWorld, ownSegments } from "./consolidate-record.ts";

export interface Dream {
  /** The generation it made; undefined when it changed nothing, or was only tried. */
  readonly generation: number | undefined;
  readonly figures: DreamFigures;
  readonly changes: readonly Change[];
  /** By id. */
  readonly facts: readonly Fact[];
  /** The changes as lines for people. */
  readonly diff: string;
  readonly index: string;
  /** Files and lines that could not be read and stay as they are; and what was changed in files that counts for nothing. */
  readonly problems: readonly string[];
}

/**
 * Consolidates memory: reads the record, what people edited, and the world where facts name a probe; decides in pure code;
 * commits the result as a new generation. Which segments of the inbox are read can be limited: a person's decision takes
 * effect without the observations that wait.
 */
export function dream(given: DreamWorld, options: DreamOptions = {}): Promise<Result<Dream>> {
  // What a fact says is cleaned when it is made and once more before it is committed. The texts are forgotten with this dream.
  const world = { ...given, clean: remembered(given.clean), probe: lookingOnce(given.probe) };
  return world.store.alone(async (): Promise<Result<Dream>> => {
    const thought = await think(world, options);
    if (!thought.ok) return thought;
    const { told, next, entries } = thought.value;
    if (options.isDryRun === true) return ok(told);
    const committed = next === undefined ? ok(undefined) : await world.store.commit(next);
    if (!committed.ok) return committed;
    const erased = await eraseDue(entries, world);
    if (!erased.ok) return erased;
    const problems = [...told.problems, ...erased.value];
    return ok({ ...told, problems, generation: committed.value });
  });
}

interface DreamOptions {
  readonly isDryRun?: boolean;
  readonly reads?: (segment: string) => boolean;
  /** Lines that are taken as if the record had them. */
  readonly also?: readonly MemoryEntry[];
}

interface Thought {
  readonly told: Dream;
  /** Undefined when all is as it was. */
  readonly next: NewGeneration | undefined;
  readonly entries: readonly MemoryEntry[];
}

/** All of a dream but its effect. */
async function think(
  world: DreamWorld,
  { reads, also = [] }: DreamOptions,
): Promise<Result<Thought>> {
  const found = await world.store.snapshot();
  if (!found.ok) return found;
  const snapshot = found.value;
  const edits = await editsOf(snapshot, world);
  const { own, foreign } = await ownSegments(snapshot, world);
  const segments = own.filter(({ name, isRead }) => isRead || (reads?.(name) ?? true));
  const entries = [...segments.flatMap((segment) => segment.entries), ...edits.entries, ...also];
  const { facts, figures } = await consolidateAll(entries, world);
  const files = renderTree(facts);
  const broken = verifyStore(facts, { files, hash: world.hash, clean: world.clean });
  if (broken.length > 0) return err(brokenStore(broken));
  const changes = changesOf(factsOf(snapshot.files), facts);
  const unseen = await cannotCheck(facts, world);
  const problems = [...snapshot.problems, ...edits.problems, ...foreign, ...unseen];
  const diff = tellChanges(changes);
  const index = files.get(indexFile) ?? "";
  const told = { generation: undefined, figures, changes, facts, diff, index, problems };
  const isSame =
    segments.every(({ isRead }) => isRead) &&
    edits.absorbed.size === 0 &&
    isEqual(files, snapshot.files);
  const next = {
    files,
    read: segments.map(({ name }) => name),
    edits: edits.entries,
    ...replaced(files, snapshot, edits),
    diff,
    report: { figures, problems },
  };
  return ok({ told, next: isSame ? undefined : next, entries });
}

/** What a probe has found holds for a whole dream. */
function lookingOnce(probe: DreamWorld["probe"]): DreamWorld["probe"] {
  const found = new Map<string, ReturnType<typeof probe>>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const held = found.get(key) ?? probe(asked);
    found.set(key, held);
    return held;
  };
}

/** A check that cannot be made speaks neither for nor against its fact; who wrote it may have meant another file. */
async function cannotCheck(facts: readonly Fact[], world: DreamWorld): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { id, status, verify } of facts)
    if (status === "active" && verify !== null && (await world.probe(verify)) === undefined)
      found.push(`the check of ${id.slice(-8).toLowerCase()} cannot be made: ${whyUnseen(verify)}`);
  return found;
}

function brokenStore(broken: readonly string[]): Failure {
  return failure(
    "internal",
    "the dream's result breaks what must hold of memory; nothing was changed",
    { detail: broken.slice(0, 10).join("\n") },
  );
}

/** Last in a dream, since the facts have to be gone first; what is cut off here is done by the next one. */
async function eraseDue(
  entries: readonly MemoryEntry[],
  world: DreamWorld,
): Promise<Result<readonly string[]>> {
  const due = dueErasures(entries);
  return due.size === 0 ? ok([]) : world.store.erase(due);
}

/** The facts in files that memory wrote; those that cannot be read are left out. */
export function factsOf(files: ReadonlyMap<string, string>): readonly Fact[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.includes("/")) return [];
    return factsIn(path, text).flatMap((read) => (read.ok ? [read.value] : []));
  });
}

type ToldEdits = Omit<Edits, "problems" | "stays"> & { readonly problems: readonly string[] };

async function editsOf(snapshot: MemorySnapshot, world: DreamWorld): Promise<ToldEdits> {
  const changed = [...snapshot.tree].filter(([path, text]) => snapshot.files.get(path) !== text);
  const tracked = new Set<string>();
  for (const [path] of changed) if (await world.isTracked(path)) tracked.add(path);
  const edits = readEdits({
    files: snapshot.files,
    tree: snapshot.tree,
    unread: snapshot.unread,
    isSaid: saidIn(snapshot.segments),
    generation: snapshot.generation,
    isTracked: (path) => tracked.has(path),
    at: new Date(world.clock.now()).toISOString(),
    hash: world.hash,
    clean: world.clean,
  });
  return {
    ...edits,
    problems: [...edits.problems, ...edits.stays].map(tellOfFile),
    entries: edits.entries.map((entry) => withoutSecrets(entry, world.clean)),
  };
}

/** What a file of a day has that cannot be read keeps nothing else from being written there. */
function replaced(
  files: ReadonlyMap<string, string>,
  snapshot: MemorySnapshot,
  { absorbed, broken }: Pick<Edits, "absorbed" | "broken">,
): Pick<NewGeneration, "absorbed" | "broken"> {
  const rewritten = [...broken.keys()].flatMap((path) => {
    const text = snapshot.tree.get(path);
    const isSame = files.get(path) === snapshot.files.get(path);
    return text === undefined || isSame ? [] : [[path, text] as const];
  });
  return { absorbed: new Map([...absorbed, ...rewritten]), broken };
}

function isEqual(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
