import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { UndoneDreams } from "../../ports/memory-store.ts";
import {
  type Generation,
  generationsDir,
  readGeneration,
  readState,
  undoGeneration,
} from "./generations.ts";
import { readTree } from "./read-tree.ts";

/** Takes back the latest dreams; a dry run only tells what that comes to. */
export async function undoDreams(
  files: MemoryFiles,
  { steps, isDryRun }: { readonly steps: number; readonly isDryRun: boolean },
): Promise<Result<UndoneDreams>> {
  const able = await undoable(files);
  if (able < steps) return err(tooFew(able));
  const read = readingOnce(files);
  const { current } = await readState(files);
  const [from, to] = [await read(current), await read(current - steps)];
  const undone = await Promise.all(
    Array.from({ length: steps }, (_, step) => read(current - step)),
  );
  const told = {
    generation: current - steps,
    from: new Map(Object.entries(from.files)),
    to: new Map(Object.entries(to.files)),
    again: [...new Set(undone.flatMap(({ before }) => Object.keys(before)))],
  };
  if (isDryRun) return ok({ ...told, left: await editedSince(files, told) });
  const left: string[] = [];
  for (let step = 0; step < steps; step += 1) left.push(...(await undoGeneration(files, read)));
  return ok({ ...told, left });
}

/** How many dreams can be taken back: as far as every generation on the way is still there. */
async function undoable(files: MemoryFiles): Promise<number> {
  const { current } = await readState(files);
  const held = new Set((await files.list(generationsDir)).map(({ name }) => name));
  let to = current;
  while (to > 0 && (to === 1 || held.has(`${to - 1}.json`))) to -= 1;
  return current - to;
}

function tooFew(able: number): Failure {
  if (able === 0) return failure("usage", "there is no dream to take back");
  const dreams = able === 1 ? "one dream" : `${able} dreams`;
  return failure("usage", `only ${dreams} can be taken back`, {
    hint: `skein memory undo ${able} takes back all that is still held`,
  });
}

/** Each is megabytes of a large memory. */
function readingOnce(files: MemoryFiles): (number: number) => Promise<Generation> {
  const held = new Map<number, Promise<Generation>>();
  return (number) => {
    const read = held.get(number) ?? readGeneration(files, number);
    held.set(number, read);
    return read;
  };
}

async function editedSince(
  files: MemoryFiles,
  { from, to }: Pick<UndoneDreams, "from" | "to">,
): Promise<readonly string[]> {
  const { tree } = await readTree(files);
  return [...tree].flatMap(([path, text]) =>
    (from.has(path) || to.has(path)) && from.get(path) !== text && to.get(path) !== text
      ? [path]
      : [],
  );
}
