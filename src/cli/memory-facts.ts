import type { DreamWorld } from "../app/consolidate-record.ts";
import { cleanPath } from "../core/memory/clean-path.ts";
import { factsIn } from "../core/memory/fact-files.ts";
import { scopeIn } from "../core/memory/observation-in.ts";
import { saidIn } from "../core/memory/observations-in.ts";
import { type Edits, readEdits } from "../core/memory/read-edits.ts";
import { tellOfFile } from "../core/memory/told-of-file.ts";
import { printableLine } from "../core/printable.ts";
import { failure } from "../model/failure.ts";
import type { Fact } from "../model/memory-fact.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { MemorySnapshot } from "../ports/memory-store.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

export interface StoredFact {
  readonly fact: Fact;
  /** Path below `.skein/memory`, as it may be shown. */
  readonly path: string;
}

export interface ReadMemory {
  readonly facts: readonly StoredFact[];
  readonly snapshot: MemorySnapshot;
  /** What was written into the files since the latest dream. */
  readonly edits: Edits;
  /** What cannot be read, and what no dream has read yet, for people. */
  readonly notes: readonly string[];
}

/** What was written into memory's files since the latest dream, whoever brought them. */
export function editsIn(
  snapshot: MemorySnapshot,
  { clock, hash, clean }: Pick<DreamWorld, "clock" | "hash" | "clean">,
): Edits {
  return readEdits({
    ...snapshot,
    isSaid: saidIn(snapshot.segments),
    isTracked: () => false,
    at: new Date(clock.now()).toISOString(),
    hash,
    clean,
  });
}

/** The same as `lookAtMemory`; its notes are said on standard error. */
export async function readMemory(
  world: DreamWorld,
  io: Pick<Io, "stderr" | "color">,
): Promise<Result<ReadMemory>> {
  const read = await lookAtMemory(world);
  if (read.ok) noteProblems(read.value.notes, io);
  return read;
}

/** Facts as their files are now, by id. What cannot be read is left as it is: the fact is as the latest dream left it. */
export async function lookAtMemory(world: DreamWorld): Promise<Result<ReadMemory>> {
  const snapshot = await world.store.snapshot();
  if (!snapshot.ok) return snapshot;
  const { files } = snapshot.value;
  const edits = editsIn(snapshot.value, world);
  const { absorbed, problems, stays } = edits;
  // Somebody may have named a file by a secret; what memory names so only looks like one.
  const shown = (path: string): string => (files.has(path) ? path : cleanPath(path, world.clean));
  const fresh = [...absorbed.keys()]
    .filter((path) => absorbed.get(path) !== null && !files.has(path) && path.includes("/"))
    .map((path) => `memory/${shown(path)} is new; the next skein dream reads it`);
  const notes = [...snapshot.value.problems, ...[...problems, ...stays].map(tellOfFile), ...fresh];
  const facts = [...new Set([...files.keys(), ...absorbed.keys()])].flatMap((path) => {
    const text = absorbed.has(path) ? absorbed.get(path) : files.get(path);
    if (text == null || !path.includes("/")) return [];
    const read = factsAt(path, text);
    const held = edits.broken.has(path) ? factsAt(path, files.get(path) ?? "") : [];
    const known = new Set(read.map(({ fact }) => fact.id));
    return [...read, ...held.filter(({ fact }) => !known.has(fact.id))];
  });
  const sorted = withoutCopies(facts, files).toSorted((a, b) => (a.fact.id < b.fact.id ? -1 : 1));
  const named = sorted.map(({ fact, path }) => ({ fact, path: shown(path) }));
  return ok({ facts: named, snapshot: snapshot.value, edits, notes });
}

/** A copy of a fact's file says nothing until a dream has read it, whatever somebody wrote into it. */
function withoutCopies(
  facts: readonly StoredFact[],
  files: MemorySnapshot["files"],
): readonly StoredFact[] {
  const [held, others] = [true, false].map((isHeld) =>
    facts.filter(({ path }) => files.has(path) === isHeld),
  );
  const byId = new Map([...(others ?? []), ...(held ?? [])].map((one) => [one.fact.id, one]));
  return facts.filter((one) => byId.get(one.fact.id) === one);
}

/** Where a file lies says the scope of what is in it, whatever it says itself. */
function factsAt(path: string, text: string): readonly StoredFact[] {
  const scope = scopeIn(path);
  return factsIn(path, text).flatMap((read) =>
    read.ok ? [{ fact: { ...read.value, scope }, path }] : [],
  );
}

export function noteProblems(problems: readonly string[], io: Pick<Io, "stderr" | "color">): void {
  const { warning } = paintFor(io);
  for (const problem of problems.slice(0, 20))
    io.stderr(`${warning("note:")} ${printableLine(problem)}\n`);
  if (problems.length > 20) io.stderr(`${warning("note:")} and ${problems.length - 20} more\n`);
}

/** The fact a person means by what `ls` shows of its id, by its whole id, or by enough of the beginning or end of either. */
export function findFact<One extends { readonly fact: Pick<Fact, "id"> }>(
  facts: readonly One[],
  named: string,
): Result<One> {
  const asked = named.toLowerCase();
  const shown = facts.filter(({ fact }) => shortId(fact.id).startsWith(asked));
  const found = shown.length > 0 ? shown : facts.filter(({ fact }) => isNamed(fact.id, asked));
  const [one] = found;
  if (one === undefined)
    return err(
      failure("usage", `there is no fact "${named}"`, { hint: "skein memory ls --all lists them" }),
    );
  if (found.length === 1) return ok(one);
  const some = found.slice(0, 5).map(({ fact }) => shortId(fact.id));
  const rest = found.length > some.length ? ", …" : "";
  return err(
    failure("usage", `"${named}" could be ${found.length} facts`, {
      hint: `give more of the id: ${some.join(", ")}${rest}`,
    }),
  );
}

function isNamed(id: string, asked: string): boolean {
  const whole = id.toLowerCase();
  // Of what was erased the time in front is not known any more.
  const end = asked.length === whole.length ? asked.slice(10) : asked;
  return shortId(id).startsWith(asked) || whole.startsWith(asked) || whole.endsWith(end);
}

/** As people name a fact: the end of its id. */
export function shortId(id: string): string {
  return id.slice(-8).toLowerCase();
}
