import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import { openEditor } from "../../../adapters/open-editor.ts";
import type { DreamWorld } from "../../../app/consolidate-record.ts";
import { parseFact, renderFact } from "../../../core/memory/fact-file.ts";
import { type Edits, readEdits } from "../../../core/memory/read-edits.ts";
import { pathOf } from "../../../core/memory/render-tree.ts";
import { sourceName } from "../../../core/memory/source-name.ts";
import { type Failure, failure } from "../../../model/failure.ts";
import type { MemoryEntry, SourceKey } from "../../../model/memory-entry.ts";
import type { Fact } from "../../../model/memory-fact.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems, type StoredFact } from "../../memory-facts.ts";
import type { MemoryEditOptions } from "../../options/memory-options.ts";
import { settledFact } from "../../settled-fact.ts";
import { takeEdits } from "../../take-edits.ts";
import { decide } from "./decide.ts";

/**
 * `skein memory edit`: a fact in the person's editor; what they change is their word at once. They edit a copy, so that an undo takes
 * back what they decided and leaves no file behind that says it still.
 */
export async function memoryEditCommand(options: MemoryEditOptions, io: Io): Promise<number> {
  const settled = await settledFact(options, io);
  if (!settled.ok) return endWith(settled.error, io);
  const { world, found } = settled.value;
  const copy = await editedCopy(found, io);
  if (!copy.ok) return endWith(copy.error, io);
  const done = await takeCopy(copy.value, world, io);
  // What they wrote is nowhere else as long as it is not in the record.
  if (done === 0) await rm(dirname(copy.value.file), { recursive: true });
  else io.stderr(`what you wrote is in ${copy.value.file}\n`);
  return done;
}

interface Copy {
  readonly fact: Fact;
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

async function editedCopy({ fact, path: stored }: StoredFact, io: Io): Promise<Result<Copy>> {
  const editor = [io.env["VISUAL"], io.env["EDITOR"]].find(
    (one) => one !== undefined && one !== "",
  );
  if (editor === undefined)
    return err(
      failure("usage", "no editor is set", {
        hint: `set EDITOR, or change .skein/memory/${stored} and run skein dream`,
      }),
    );
  const folder = await mkdtemp(join(tmpdir(), "skein-edit-"));
  const file = join(folder, basename(placeOf(fact)));
  const before = renderFact(fact);
  await writeFile(file, before, { mode: 0o600 });
  const exitCode = await openEditor(editor, file);
  const after = await readFile(file, "utf8").catch(() => before);
  if (exitCode === 0) return ok({ fact, file, before, after });
  if (after === before) await rm(folder, { recursive: true });
  const hint =
    after === before
      ? "nothing was changed; EDITOR and VISUAL say which editor that is"
      : `what you wrote is in ${file}; nothing was changed`;
  return err(failure("usage", `${editor} ended with exit code ${exitCode}`, { hint }));
}

/** As a file of its own, also of a day's. */
function placeOf(fact: Fact, scope = fact.scope): string {
  return pathOf({ ...fact, scope, status: fact.status === "active" ? "active" : "quarantined" });
}

/** What was written into the files while the editor was open was said before, whoever said it. Gives the exit code. */
async function takeCopy(copy: Copy, world: DreamWorld, io: Io): Promise<number> {
  const now = await takeEdits(world, io);
  if (!now.ok) return endWith(now.error, io);
  const { facts, snapshot } = now.value;
  const { entries, problems, stays } = editsOf(copy, world, snapshot.generation);
  const [problem] = problems;
  if (problem !== undefined) return endWith(unreadable(problem.why), io);
  // It is a copy that they changed.
  noteProblems(
    stays.map(({ why }) => why),
    io,
  );
  const current = facts.find(({ fact }) => fact.id === copy.fact.id);
  const inPlaceOf = entries.map((one) => alsoOf(one, current?.fact.sources ?? []));
  return decide(world, { entries: inPlaceOf, snapshot }, io);
}

function editsOf(
  { fact, before, after }: Copy,
  { clock, hash, clean }: DreamWorld,
  generation: number,
): Edits {
  const path = placeOf(fact);
  // The scope of a file is that of its folder, and a copy has none.
  const read = parseFact(after);
  return readEdits({
    files: new Map([[path, before]]),
    tree: new Map([[read.ok ? placeOf(fact, read.value.scope) : path, after]]),
    unread: new Set(),
    isSaid: () => false,
    isTracked: () => false,
    at: new Date(clock.now()).toISOString(),
    hash,
    clean,
    generation,
  });
}

/** It takes the place of what the fact says by now, too. */
function alsoOf(entry: MemoryEntry, sources: readonly SourceKey[]): MemoryEntry {
  if (entry.type !== "forgot") return entry;
  const known = new Set(entry.sources.map(sourceName));
  return {
    ...entry,
    sources: [...entry.sources, ...sources.filter((one) => !known.has(sourceName(one)))],
  };
}

function unreadable(why: string): Failure {
  return failure("usage", `what you wrote cannot be read: ${why}`, { hint: "nothing was changed" });
}
