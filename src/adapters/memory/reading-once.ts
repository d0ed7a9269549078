import type { MemoryFiles } from "../../ports/memory-files.ts";
import { type Generation, readGeneration } from "./generations.ts";

/** Reads each generation once, however often it is asked for: it is megabytes of a large memory. */
export function readingOnce(files: MemoryFiles): (number: number) => Promise<Generation> {
  const held = new Map<number, Promise<Generation>>();
  return (number) => {
    const read = held.get(number) ?? readGeneration(files, number);
    held.set(number, read);
    return read;
  };
}
