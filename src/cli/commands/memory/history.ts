import { localTimes } from "../../../core/daemon/local-times.ts";
import { shownCount, shownTime } from "../../../core/report/figures.ts";
import { failure } from "../../../model/failure.ts";
import type { HeldGeneration } from "../../../ports/memory-store.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryHistoryOptions } from "../../options/memory-options.ts";
import { paintFor } from "../../paint.ts";
import { printFailure } from "../../print-failure.ts";

/** Changes that are shown of each when all are listed. */
const changesMax = 8;

/** `skein memory history`: the generations that are held, the newest first, and what each changed. */
export async function memoryHistoryCommand(options: MemoryHistoryOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await world.value.store.history() : world;
  if (!read.ok) return endWith(read.error, io);
  const { generation } = options;
  const shown = read.value.filter((one) => (generation ?? one.generation) === one.generation);
  if (generation !== undefined && shown.length === 0) {
    const hint = "skein memory history lists those that are held";
    printFailure(failure("usage", `generation ${generation} is not held`, { hint }), io);
    return 2;
  }
  if (options.json) {
    io.stdout(shown.map((one) => `${JSON.stringify(one)}\n`).join(""));
    return 0;
  }
  const most = generation === undefined ? changesMax : Number.MAX_SAFE_INTEGER;
  for (const one of shown) io.stdout(storyOf(one, { most, io }));
  io.stderr(shown.length === 0 ? "nobody has dreamt yet\n" : "");
  return 0;
}

function storyOf(
  { generation, at, changes }: HeldGeneration,
  { most, io }: { readonly most: number; readonly io: Io },
): string {
  const { strong, faint } = paintFor(io);
  const when = localTimes(`${shownTime(Date.parse(at))} UTC`, io.timeZone);
  const left = changes.length - most;
  return [
    `${strong(`generation ${generation}`)}  ${when}  ${shownCount(changes.length, "change")}`,
    ...changes.slice(0, most).map((line) => `  ${line}`),
    ...(left > 0 ? [faint(`  … ${left} more: skein memory history ${generation}`)] : []),
    "",
  ].join("\n");
}
