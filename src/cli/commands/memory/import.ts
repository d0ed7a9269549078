import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";

import { readImportLine } from "../../../core/memory/import-line.ts";
import { shownCount } from "../../../core/report/figures.ts";
import type { Clean } from "../../../core/secrets/redact-value.ts";
import { failure } from "../../../model/failure.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { linesOf } from "../../lines-of.ts";
import { noteProblems } from "../../memory-facts.ts";
import { noteMemoryPlace } from "../../note-memory-place.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryImportOptions } from "../../options/memory-options.ts";

const bytesMax = 128 * 1024 * 1024;

/**
 * `skein memory import`: takes observations into the inbox; a dream makes facts of them. The same file can be imported
 * again: what is known is left out. `-` is standard input. Exit code 2 when a line was refused; the others are taken.
 */
export async function memoryImportCommand(
  options: MemoryImportOptions,
  io: Io,
  input: Readable = process.stdin,
): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  const { file } = options;
  const { clean } = world.value;
  const lines = await (file === "-"
    ? readLines(input, { name: "standard input", clean })
    : readFileLines(file, clean));
  if (!lines.ok) return endWith(lines.error, io);
  noteMemoryPlace(options, io);
  const { entries, over, problems } = lines.value;
  const taken = await world.value.store.takeIn(entries, "observed");
  if (!taken.ok) return endWith(taken.error, io);
  const refused = problems.length;
  const known = entries.length - taken.value;
  if (options.json) io.stdout(`${JSON.stringify({ taken: taken.value, known, over, refused })}\n`);
  else {
    const more = [
      ...(known > 0 ? [`${known} ${was(known)} known`] : []),
      ...(over > 0 ? [`${over} no longer true, left out`] : []),
      ...(refused > 0 ? [`${shownCount(refused, "line")} ${was(refused)} refused`] : []),
    ];
    io.stdout(
      `took ${shownCount(taken.value, "observation")}${more.length > 0 ? `; ${more.join(", ")}` : ""}\n`,
    );
    if (taken.value > 0) io.stderr("skein dream makes facts of them\n");
  }
  noteProblems(problems, io);
  return refused > 0 ? 2 : 0;
}

function was(count: number): string {
  return count === 1 ? "was" : "were";
}

interface ReadLines {
  readonly entries: readonly MemoryEntry[];
  /** Facts of an export that do not hold any more. */
  readonly over: number;
  readonly problems: readonly string[];
}

async function readFileLines(file: string, clean: Clean): Promise<Result<ReadLines>> {
  try {
    const { size } = await stat(file);
    return size > bytesMax
      ? err(tooLarge(file))
      : await readLines(createReadStream(file), { name: file, clean });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(failure("usage", `${file} cannot be read: ${why}`));
  }
}

async function readLines(
  input: Readable,
  { name, clean }: { readonly name: string; readonly clean: Clean },
): Promise<Result<ReadLines>> {
  const entries: MemoryEntry[] = [];
  const problems: string[] = [];
  let [over, number, size] = [0, 0, 0];
  for await (const line of linesOf(input)) {
    number += 1;
    size += line.length;
    if (size > bytesMax) return err(tooLarge(name));
    const text = number === 1 ? line.replace(/^\uFEFF/, "") : line;
    if (text.trim() === "") continue;
    const read = readImportLine(text);
    // What is wrong with a line is told with a piece of it.
    if (!read.ok) problems.push(`${name}:${number}: ${clean(read.error)}`);
    else if (read.value.length === 0) over += 1;
    else for (const observation of read.value) entries.push({ type: "observed", observation });
  }
  return ok({ entries, over, problems });
}

function tooLarge(name: string): ReturnType<typeof failure> {
  return failure("usage", `${name} has more than ${bytesMax} bytes`, { hint: "split it" });
}
