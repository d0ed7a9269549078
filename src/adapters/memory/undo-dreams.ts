import { backFrom, bringFiles } from "../../core/memory/bring-files.ts";
import { indexFile } from "../../core/memory/render-tree.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import type { UndoneDreams } from "../../ports/memory-store.ts";
import { lookAt, type Stays, undoGenerations } from "./bring-to-end.ts";
import { type Generation, generationsDir, readState, treeDir } from "./generations.ts";
import { obstaclesOn } from "./obstacles-on.ts";
import { readingOnce } from "./reading-once.ts";

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
  const numbers = Array.from({ length: steps }, (_, step) => current - step);
  const undone = await Promise.all(numbers.map(read));
  const lost = await noRoom(files, undone);
  if (lost !== undefined) return err(lost);
  const again = new Set<string>();
  const left = new Set<string>();
  const removed = new Set<string>();
  const stays = isDryRun
    ? await trySteps(files, undone, read)
    : await undoGenerations(files, numbers, read);
  for (const [step, one] of undone.entries()) {
    // What an earlier step of these put back is no edit since.
    for (const path of stays[step]?.left ?? []) if (!again.has(path)) left.add(path);
    for (const path of stays[step]?.removed ?? []) if (!again.has(path)) removed.add(path);
    for (const path of Object.keys(one.before)) again.add(path);
  }
  return ok({
    generation: current - steps,
    from: new Map(Object.entries(from.files)),
    to: new Map(Object.entries(to.files)),
    again: [...again],
    left: [...left],
    blocked: stays.at(-1)?.blocked ?? [],
    removed: [...removed],
  });
}

/** What each step would leave as it is, after those before it. */
async function trySteps(
  files: MemoryFiles,
  undone: readonly Generation[],
  read: (number: number) => Promise<Generation>,
): Promise<readonly Stays[]> {
  const there = new Map<string, string | undefined>();
  const stays: Stays[] = [];
  let { unwritten } = await readState(files);
  for (const one of undone) {
    const back = backFrom(one, await read(one.generation - 1), unwritten);
    const { textAt, isBlocked } = await lookAt(files, back.paths);
    const { texts, gone, ...rest } = bringFiles(back, {
      isBlocked,
      textAt: (path) => (there.has(path) ? there.get(path) : textAt(path)),
    });
    for (const path of gone) there.set(path, undefined);
    for (const { path, text } of texts) there.set(path, text);
    unwritten = [...rest.blocked];
    stays.push(rest);
  }
  return stays;
}

/** How many dreams can be taken back: as far as every generation on the way is still there. */
async function undoable(files: MemoryFiles): Promise<number> {
  const { current } = await readState(files);
  const held = new Set((await files.list(generationsDir)).map(({ name }) => name));
  let to = current;
  while (to > 0 && (to === 1 || held.has(`${to - 1}.json`))) to -= 1;
  return current - to;
}

/** What a person had written into a file is nowhere else once the dream that took it in is taken back. */
async function noRoom(
  files: MemoryFiles,
  undone: readonly Generation[],
): Promise<Failure | undefined> {
  const written = undone.flatMap(({ before }) =>
    Object.keys(before).filter((path) => before[path] !== null && path !== indexFile),
  );
  const [first] = await obstaclesOn(files, treeDir, written);
  if (first === undefined) return undefined;
  const [path, part] = first;
  return failure(
    "usage",
    `memory/${part} is in the place of what you had written into memory/${path}`,
    { hint: "nothing was changed; move it away, and take the dream back then" },
  );
}

function tooFew(able: number): Failure {
  if (able === 0) return failure("usage", "there is no dream to take back");
  const dreams = able === 1 ? "one dream" : `${able} dreams`;
  return failure("usage", `only ${dreams} can be taken back`, {
    hint: `skein memory undo ${able} takes back all that is still held`,
  });
}
