import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createInterface } from "node:readline";

import { failure } from "../../../model/failure.ts";
import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { observationSchema } from "../../../model/memory-observation.ts";
import { err, ok, type Result } from "../../../model/result.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import { noteMemoryPlace } from "../../note-memory-place.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryImportOptions } from "../../options/memory-options.ts";
import { printFailure } from "../../print-failure.ts";

const bytesMax = 128 * 1024 * 1024;
const lineMax = 200_000;

/**
 * `skein memory import`: takes observations into the inbox; a dream makes facts of them. The same file can be imported
 * again: what is known is left out. Exit code 2 when a line was no observation; the others are taken.
 */
export async function memoryImportCommand(options: MemoryImportOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  noteMemoryPlace(options, io);
  const lines = await readLines(options.file);
  if (!lines.ok) {
    printFailure(lines.error, io);
    return 2;
  }
  const { entries, problems } = lines.value;
  const taken = await world.value.store.takeIn(entries, "observed");
  if (!taken.ok) {
    printFailure(taken.error, io);
    return 2;
  }
  const known = entries.length - taken.value;
  if (options.json)
    io.stdout(`${JSON.stringify({ taken: taken.value, known, refused: problems.length })}\n`);
  else {
    const more = [
      ...(known > 0 ? [`${known} were known`] : []),
      ...(problems.length > 0 ? [`${problems.length} lines were refused`] : []),
    ];
    io.stdout(`took ${taken.value} observations${more.length > 0 ? `; ${more.join(", ")}` : ""}\n`);
    if (taken.value > 0) io.stderr("skein dream makes facts of them\n");
  }
  noteProblems(problems, io);
  return problems.length > 0 ? 2 : 0;
}

async function readLines(
  file: string,
): Promise<
  Result<{ readonly entries: readonly MemoryEntry[]; readonly problems: readonly string[] }>
> {
  const entries: MemoryEntry[] = [];
  const problems: string[] = [];
  try {
    const info = await stat(file);
    if (info.size > bytesMax)
      return err(
        failure("usage", `${file} has ${info.size} bytes, more than ${bytesMax}`, {
          hint: "split it",
        }),
      );
    let number = 0;
    for await (const line of createInterface({ input: createReadStream(file, "utf8") })) {
      number += 1;
      if (line.trim() === "") continue;
      const read = readLine(line);
      if (typeof read === "string") problems.push(`${file}:${number}: ${read}`);
      else entries.push(read);
    }
    return ok({ entries, problems });
  } catch (error) {
    return err(
      failure(
        "usage",
        `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      ),
    );
  }
}

function readLine(line: string): MemoryEntry | string {
  if (line.length > lineMax) return `it has ${line.length} characters, more than ${lineMax}`;
  try {
    const parsed = observationSchema.safeParse(JSON.parse(line));
    if (parsed.success) return { type: "observed", observation: parsed.data };
    return parsed.error.issues
      .map(({ path, message }) => `${path.join(".")}: ${message}`)
      .join("; ");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
