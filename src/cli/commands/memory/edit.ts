import { resolve } from "node:path";

import { findTop } from "../../../adapters/find-top.ts";
import { openEditor } from "../../../adapters/open-editor.ts";
import { failure } from "../../../model/failure.ts";
import type { Io } from "../../io.ts";
import { findFact, readMemory } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryEditOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";
import { decide } from "./decide.ts";

/** `skein memory edit`: a fact's file in the person's editor; what they change is their word at once. */
export async function memoryEditCommand(options: MemoryEditOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  const read = await readMemory(world.value, io);
  const found = read.ok ? findFact(read.value.facts, options.id) : read;
  if (!found.ok) {
    printFailure(found.error, io);
    return 2;
  }
  const file = resolve(findTop(resolve(options.repo)), ".skein/memory", found.value.path);
  const editor = [io.env["VISUAL"], io.env["EDITOR"]].find(
    (one) => one !== undefined && one !== "",
  );
  if (editor === undefined) {
    const hint = `set EDITOR, or change ${file} and run skein dream`;
    printFailure(failure("usage", "no editor is set", { hint }), io);
    return 2;
  }
  const exitCode = await openEditor(editor, file);
  if (exitCode !== 0) {
    const hint = `what is in ${file} is taken by the next skein dream`;
    printFailure(failure("usage", `${editor} ended with exit code ${exitCode}`, { hint }), io);
    return 2;
  }
  return decide(world.value, [], io);
}
