import { isUtf8 } from "node:buffer";
import { open, stat } from "node:fs/promises";

import { fileBytesMax } from "./file-tool.ts";
import type { NamedPath } from "./path-refusal.ts";

const probeBytes = 8_192;

/** Why a file is nothing to read as text. Folders, pipes and missing files are left to the tool, which says so itself. */
export async function binaryRefusal({ named, real }: NamedPath): Promise<string | undefined> {
  const start = await startOf(real, probeBytes);
  return start?.includes(0) === true ? `${named} is a binary file.` : undefined;
}

/**
 * Why a file must not be edited as text: what is not UTF-8 would be read with losses and written back so, and the
 * rest of the file would be damaged.
 */
export async function encodingRefusal({ named, real }: NamedPath): Promise<string | undefined> {
  const content = await startOf(real, fileBytesMax);
  if (content?.includes(0) === true) return `${named} is a binary file.`;
  return content === undefined || isUtf8(content)
    ? undefined
    : `${named} is not UTF-8 text; editing it here would damage it.`;
}

/** The first bytes of a regular file; undefined for anything else. Nothing but a regular file is opened: a pipe would block. */
async function startOf(file: string, bytesMax: number): Promise<Buffer | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  await using handle = await open(file, "r");
  const length = Math.min(found.size, bytesMax);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}
