import type { Consolidated, DreamFigures } from "../core/memory/consolidate.ts";
import { consolidate } from "../core/memory/consolidate.ts";
import { parseFact } from "../core/memory/fact-file.ts";
import type { Hash } from "../core/memory/fact-id.ts";
import { type Edits, readEdits } from "../core/memory/read-edits.ts";
import { renderTree } from "../core/memory/render-tree.ts";
import { type Change, changesOf, tellChanges } from "../core/memory/tell-changes.ts";
import { verifyStore } from "../core/memory/verify-store.ts";
import { failure } from "../model/failure.ts";
import type { Fact } from "../model/memory-fact.ts";
import type { Probe } from "../model/memory-observation.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Clock } from "../ports/clock.ts";
import type { MemorySnapshot, MemoryStore } from "../ports/memory-store.ts";

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

/**
 * Consolidates memory: reads the record, what people edited, and the world where facts name a probe; decides in pure code;
 * commits the result as a new generation. Which segments of the inbox are read can be limited: a person's decision takes
 * effect without the observations that wait.
 */
export function dream(
  world: DreamWorld,
  options: { readonly isDryRun?: boolean; readonly reads?: (segment: string) => boolean } = {},
): Promise<Result<Dream>> {
  return world.store.alone(async (): Promise<Result<Dream>> => {
    const found = await world.store.snapshot();
    if (!found.ok) return found;
    const snapshot = found.value;
    const edits = await editsOf(snapshot, world);
    const segments = snapshot.segments.filter(
      ({ name, isRead }) => isRead || (options.reads?.(name) ?? true),
    );
    const entries = [...segments.flatMap((segment) => segment.entries), ...edits.entries];
    const result = await consolidated(entries, world);
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
    const problems = [...snapshot.problems, ...edits.problems];
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

/** Probes are looked at once each, before anything is decided: deciding is pure. */
async function consolidated(
  entries: Parameters<typeof consolidate>[0],
  world: DreamWorld,
): Promise<Consolidated> {
  const now = world.clock.now();
  const probes = new Map<string, boolean | undefined>();
  for (const entry of entries) {
    const probe = entry.type === "observed" ? entry.observation.verify : undefined;
    const key = JSON.stringify(probe);
    if (probe != null && !probes.has(key)) probes.set(key, await world.probe(probe));
  }
  return consolidate(entries, {
    now,
    hash: world.hash,
    probed: ({ verify }) => probes.get(JSON.stringify(verify)),
  });
}

function isEqual(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text);
}
