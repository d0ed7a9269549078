import type { FileHandle } from "node:fs/promises";

import { err, ok, type Result } from "../../model/result.ts";
import { binaryStart, fileBytesMax, type Unreadable, withFile } from "./file-content.ts";
import type { NamedPath } from "./path-refusal.ts";

/**
 * Lines of a file of any size, from the first (1 or more) to the last (-1: the end), without holding more than is given. As
 * in a part of a short file, the last line is without its end.
 */
export function readLines(
  path: NamedPath,
  [first, last]: readonly [number, number],
): Promise<Result<string, Unreadable>> {
  return withFile(path, async (handle, { size }) => {
    const problem = await binaryStart(path, handle, size);
    if (problem !== undefined) return err(problem);
    const bytes = await bytesOf(handle, first, last === -1 ? Infinity : last);
    if (bytes === undefined) {
      return err({
        kind: "too-large",
        told: `view_range [${first}, ${last}] of ${path.named} exceeds ${fileBytesMax}-byte limit. Narrow it, or search the file with Grep.`,
      });
    }
    const text = bytes.toString("utf8");
    return ok(last === -1 ? text : text.replace(/\n$/, ""));
  });
}

/** Undefined: more than may be held. */
async function bytesOf(
  handle: FileHandle,
  first: number,
  last: number,
): Promise<Buffer | undefined> {
  const kept: Buffer[] = [];
  let size = 0;
  let line = 1;
  for await (const piece of handle.createReadStream({ autoClose: false, start: 0 })) {
    const chunk = piece as Buffer;
    for (let at = 0; at < chunk.length && line <= last;) {
      const end = chunk.indexOf(0x0a, at);
      const next = end === -1 ? chunk.length : end + 1;
      if (line >= first) {
        kept.push(chunk.subarray(at, next));
        size += next - at;
      }
      if (end !== -1) line++;
      at = next;
    }
    if (size > fileBytesMax) return undefined;
    if (line > last) break;
  }
  return Buffer.concat(kept);
}
