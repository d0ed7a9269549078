import type { Consolidated, DreamFigures } from "../core/memory/consolidate.ts";
import { consolidating } from "../core/memory/consolidate.ts";
import { parseFact } from "../core/memory/fact-file.ts";
import type { Hash } from "../core/memory/fact-id.ts";
import { type Edits, readEdits } from "../core/memory/read-edits.ts";
import { renderTree } from "../core/memory/render-tree.ts";
import { type Change, changesOf, tellChanges } from "../core/memory/tell-changes.ts";
import { verifyStore } from "../core/memory/verify-store.ts";
import { failure } from "../model/failure.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { Fact } from "../model/memory-fact.ts";
import type { Probe } from "../model/memory-observation.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemorySnapshot, MemoryStore, Segment } from "../ports/memory-store.ts";

export interface DreamWorld {
  readonly store: MemoryStore;
  readonly clock: Pick<Clock, "now">;
  readonly hash: Hash;
  /** Takes secrets out of text; what it would still change may not be committed. */
  readonly clean: (text: string) => string;
  /** Whether a file of memory came with the repository. */
  readonly isTracked: (path: string) => Promise<boolean>;
  /** Looks whether what a probe says holds; undefined when that cannot be told. Only reads. */
  readonly probe: (probe: Probe) => Promise<boolean | undefined>;
}

export interface Dream {
  /** The generation it made; undefined when it changed nothing, or was only tried. */
  readonly generation: number | undefined;
  readonly figures: DreamFigures;
  readonly changes: readonly Change[];
  /** The changes as lines for people. */
  readonly diff: string;
  readonly index: string;
  /** Files and lines that could not be read; they stay as they are. */
  readonly problems: readonly string[];
}

/** Steps of deciding between two looks at the signal: a few milliseconds. */
const stepsAtATime = 50;

const stopped = err(
  failure("cancelled", "the dream was stopped; nothing was changed", {
    hint: "What it would have read waits for the next one.",
  }),
);

/**
 * Consolidates memory: reads the record, what people edited, and the world where facts name a probe; decides in pure code;
 * commits the result as a new generation. Which segments of the inbox are read can be limited: a person's decision takes
 * effect without the observations that wait. Once the signal has told to stop nothing is committed any more: the dream ends
 * as `cancelled` within a second, and nothing of it is left.
 */
export function dream(
  world: DreamWorld,
  options: {
    readonly isDryRun?: boolean;
    readonly reads?: (segment: string) => boolean;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Result<Dream>> {
  const { signal } = options;
  return world.store.alone(async (): Promise<Result<Dream>> => {
    const found = await world.store.snapshot();
    if (!found.ok) return found;
    if (signal?.aborted === true) return stopped;
    const snapshot = found.value;
    const edits = await editsOf(snapshot, world);
    const { own, foreign } = await sorted(snapshot, world);
    const segments = own.filter(({ name, isRead }) => isRead || (options.reads?.(name) ?? true));
    const entries = [...segments.flatMap((segment) => segment.entries), ...edits.entries];
    const result = await consolidated(entries, world, signal);
    if (result === undefined || (await isStopped(signal))) return stopped;
    const files = renderTree(result.facts);
    const broken = verifyStore(result.facts, { files, hash: world.hash, clean: world.clean });
    if (broken.length > 0) {
      return err(
        failure(
          "internal",
          "the dream's result breaks what must hold of memory; nothing was changed",
          { detail: broken.slice(0, 10).join("\n") },
        ),
      );
    }
    const changes = changesOf(factsOf(snapshot.files), result.facts);
    const problems = [...snapshot.problems, ...edits.problems, ...foreign];
    const told = {
      figures: result.figures,
      changes,
      diff: tellChanges(changes),
      index: files.get("INDEX.md") ?? "",
      problems,
    };
    const isSame =
      segments.every(({ isRead }) => isRead) &&
      edits.absorbed.size === 0 &&
      isEqual(files, snapshot.files);
    if (isSame || options.isDryRun === true) return ok({ ...told, generation: undefined });
    if (await isStopped(signal)) return stopped;
    const committed = await world.store.commit({
      files,
      read: segments.map(({ name }) => name),
      edits: edits.entries,
      absorbed: edits.absorbed,
      diff: told.diff,
      report: { figures: result.figures, problems },
    });
    return committed.ok ? ok({ ...told, generation: committed.value }) : committed;
  });
}

/** The facts in files that memory wrote; those that cannot be read are left out. */
export function factsOf(files: ReadonlyMap<string, string>): readonly Fact[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.includes("/")) return [];
    const read = parseFact(text);
    return read.ok ? [read.value] : [];
  });
}

/** Files of the inbox that git tracks came with the repository: their author is no witness of what was said here. */
async function sorted(
  { segments }: MemorySnapshot,
  world: DreamWorld,
): Promise<{ readonly own: readonly Segment[]; readonly foreign: readonly string[] }> {
  const own: Segment[] = [];
  const foreign: string[] = [];
  for (const segment of segments) {
    const path = `inbox/${segment.name}`;
    if (await world.isTracked(path))
      foreign.push(`memory/${path} came with the repository; it is not read`);
    else own.push(segment);
  }
  return { own, foreign };
}

async function editsOf(snapshot: MemorySnapshot, world: DreamWorld): Promise<Edits> {
  const changed = [...snapshot.tree].filter(([path, text]) => snapshot.files.get(path) !== text);
  const tracked = new Set<string>();
  for (const [path] of changed) if (await world.isTracked(path)) tracked.add(path);
  return readEdits({
    files: snapshot.files,
    tree: snapshot.tree,
    isTracked: (path) => tracked.has(path),
    at: new Date(world.clock.now()).toISOString(),
    hash: world.hash,
  });
}

/**
 * Probes are looked at once each, before anything is decided: deciding is pure. Undefined when it was told to stop; to hear
 * of that, deciding lets others run now and then.
 */
async function consolidated(
  entries: readonly MemoryEntry[],
  world: DreamWorld,
  signal: AbortSignal | undefined,
): Promise<Consolidated | undefined> {
  const now = world.clock.now();
  const probes = new Map<string, boolean | undefined>();
  for (const entry of entries) {
    const probe = entry.type === "observed" ? entry.observation.verify : undefined;
    const key = JSON.stringify(probe);
    if (probe == null || probes.has(key)) continue;
    if (signal?.aborted === true) return undefined;
    probes.set(key, await world.probe(probe));
  }
  const steps = consolidating(entries, {
    now,
    hash: world.hash,
    probed: ({ verify }) => probes.get(JSON.stringify(verify)),
  });
  for (let taken = 0; ; taken += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (taken % stepsAtATime === 0 && (await isStopped(signal))) return undefined;
  }
}

/** Lets whoever may stop it have a turn, then asks. */
async function isStopped(signal: AbortSignal | undefined): Promise<boolean> {
  if (signal === undefined) return false;
  await new Promise((resolve) => setImmediate(resolve));
  return signal.aborted;
}

function isEqual(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
