import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { openEditor } from "../../../adapters/open-editor.ts";
import { parseFact, renderFact } from "../../../core/memory/fact-file.ts";
import { type Edits, readEdits } from "../../../core/memory/read-edits.ts";
import { pathOf } from "../../../core/memory/render-tree.ts";
import { failure } from "../../../model/failure.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import type { MemoryEditOptions } from "../../options/memory-options.ts";
import { type SettledFact, settledFact } from "../../settled-fact.ts";
import { decide } from "./decide.ts";

/**
 * `skein memory edit`: a fact in the person's editor; what they change is their word at once. They edit a copy, so that an undo takes
 * back what they decided and leaves no file behind that says it still.
 */
export async function memoryEditCommand(options: MemoryEditOptions, io: Io): Promise<number> {
  const settled = await settledFact(options, io);
  if (!settled.ok) return endWith(settled.error, io);
  const edits = await editedBy(settled.value, io);
  if (!edits.ok) return endWith(edits.error, io);
  // It is a copy that they changed.
  noteProblems(
    edits.value.stays.map(({ why }) => why),
    io,
  );
  const { world, snapshot } = settled.value;
  return decide(world, { ...edits.value, snapshot }, io);
}

async function editedBy(
  {
    found: { fact, path: stored },
    world: { clock, hash, clean },
    snapshot: { generation },
  }: SettledFact,
  io: Io,
): Promise<Result<Edits>> {
  const editor = [io.env["VISUAL"], io.env["EDITOR"]].find(
    (one) => one !== undefined && one !== "",
  );
  if (editor === undefined)
    return err(
      failure("usage", "no editor is set", {
        hint: `set EDITOR, or change .skein/memory/${stored} and run skein dream`,
      }),
    );
  // As a file of its own, also of a day's.
  const status = fact.status === "active" ? "active" : "quarantined";
  const path = pathOf({ ...fact, status });
  const folder = await mkdtemp(join(tmpdir(), "skein-edit-"));
  const copy = join(folder, basename(path));
  const before = renderFact(fact);
  await writeFile(copy, before, { mode: 0o600 });
  const exitCode = await openEditor(editor, copy);
  const after = await readFile(copy, "utf8").catch(() => before);
  // The scope of a file is that of its folder, and a copy has none.
  const read = parseFact(after);
  const edits = readEdits({
    files: new Map([[path, before]]),
    tree: new Map([[read.ok ? pathOf({ ...fact, status, scope: read.value.scope }) : path, after]]),
    unread: new Set(),
    isSaid: () => false,
    isTracked: () => false,
    at: new Date(clock.now()).toISOString(),
    hash,
    clean,
    generation,
  });
  const [problem] = edits.problems;
  if (exitCode !== 0 && after === before) await rm(folder, { recursive: true });
  if (exitCode !== 0 || problem !== undefined)
    return err(
      failure(
        "usage",
        problem === undefined
          ? `${editor} ended with exit code ${exitCode}`
          : `what you wrote cannot be read: ${problem.why}`,
        {
          hint:
            after === before
              ? "nothing was changed; EDITOR and VISUAL say which editor that is"
              : `it is in ${copy}; nothing was changed`,
        },
      ),
    );
  await rm(folder, { recursive: true });
  return ok(edits);
}
