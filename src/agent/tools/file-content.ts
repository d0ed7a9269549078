import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { basename } from "node:path";

import { err, ok, type Result } from "../../model/result.ts";
import { holdFolder } from "./held-folder.ts";
import type { NamedPath } from "./path-refusal.ts";

/** Larger files are read in ranges and not changed: they are held in memory as a whole. */
export const fileBytesMax = 4 * 1024 * 1024;

export interface TextFile {
  readonly text: string;
  /** Of its bytes; two files with the same hash are the same. */
  readonly hash: string;
}

/** Why a path holds no text to work with, and a sentence for the model that says what to do next. */
export interface Unreadable {
  readonly kind: "missing" | "folder" | "special" | "too-large" | "no-text" | "denied";
  readonly told: string;
}

const probeBytes = 8_192;
const readOnly = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/** A whole text file; `tooLarge` says what to do about one that is too long. */
export async function readTextFile(
  path: NamedPath,
  tooLarge: string,
): Promise<Result<TextFile, Unreadable>> {
  return withFile(path, async (handle, { size }) => {
    const problem = await binaryStart(path, handle, size);
    if (problem !== undefined) return err(problem);
    if (size > fileBytesMax) return err(sizeProblem(path, size, tooLarge));
    const content = await handle.readFile();
    // It may have grown while it was read.
    if (content.length > fileBytesMax) return err(sizeProblem(path, content.length, tooLarge));
    const wrong = binaryProblem(path, content) ?? encodingProblem(path, content);
    if (wrong !== undefined) return err(wrong);
    return ok({ text: content.toString("utf8"), hash: hashOf(content) });
  });
}

/** Why a file of any size is nothing to read lines of; its first bytes decide. */
export async function binaryStart(
  path: NamedPath,
  handle: FileHandle,
  size: number,
): Promise<Unreadable | undefined> {
  return binaryProblem(path, await firstBytes(handle, Math.min(size, probeBytes)));
}

export function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("base64");
}

/** Opens nothing but a regular file, over no link, and never waits: a pipe would block for ever. */
export async function withFile<T>(
  path: NamedPath,
  look: (handle: FileHandle, found: Stats) => Promise<Result<T, Unreadable>>,
): Promise<Result<T, Unreadable>> {
  try {
    await using folder = await holdFolder(path, { make: false });
    const name = path.real === path.root ? "." : basename(path.real);
    await using handle = await open(folder.at(name), readOnly);
    const found = await handle.stat();
    const problem = kindProblem(path, found);
    return problem === undefined ? await look(handle, found) : err(problem);
  } catch (error) {
    return err(openProblem(path, (error as NodeJS.ErrnoException).code));
  }
}

async function firstBytes(handle: FileHandle, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

function kindProblem({ named }: NamedPath, found: Stats): Unreadable | undefined {
  if (found.isFile()) return undefined;
  if (found.isDirectory()) {
    return {
      kind: "folder",
      told: `${named} is a folder, not a file. List it with Glob, pattern "*" and path "${named}".`,
    };
  }
  const what = found.isFIFO() ? "a pipe" : "a device";
  return { kind: "special", told: `${named} is ${what}, not a regular file. Leave it alone.` };
}

function openProblem({ named }: NamedPath, code: string | undefined): Unreadable {
  switch (code) {
    case "ENOENT":
      return { kind: "missing", told: `${named} does not exist. Look for it with Glob.` };
    case "ENOTDIR":
      return {
        kind: "denied",
        told: `${named} does not exist: a part of its path is a file. Look for it with Glob.`,
      };
    case "ENXIO":
      return {
        kind: "special",
        told: `${named} is a socket, not a regular file. Leave it alone.`,
      };
    case "EACCES":
    case "EPERM":
      return {
        kind: "denied",
        told: `${named} may not be opened: permission denied. Go on without it, or say so in openIssues.`,
      };
    default:
      return {
        kind: "denied",
        told: `${named} cannot be opened${code === undefined ? "" : ` (${code})`}. Look with Glob at what there is.`,
      };
  }
}

function sizeProblem({ named }: NamedPath, bytes: number, next: string): Unreadable {
  return {
    kind: "too-large",
    told: `${named} is ${bytes} bytes, exceeds ${fileBytesMax}-byte limit. ${next}`,
  };
}

const images: readonly (readonly [string, readonly number[]])[] = [
  ["a PNG image", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG image", [0xff, 0xd8, 0xff]],
  ["a GIF image", [0x47, 0x49, 0x46, 0x38]],
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
];

/** A file with a zero byte, or of a known kind that is no text whatever its bytes are. */
function binaryProblem({ named }: NamedPath, start: Buffer): Unreadable | undefined {
  const known = images.find(([, magic]) => magic.every((byte, at) => start[at] === byte))?.[0];
  if (known !== undefined) {
    return {
      kind: "no-text",
      told: `${named} is ${known}, a binary file; it cannot be shown or changed here. Work without it.`,
    };
  }
  return start.includes(0)
    ? {
        kind: "no-text",
        told: `${named} is a binary file; it cannot be shown or changed here. Work without it.`,
      }
    : undefined;
}

/**
 * What is not UTF-8 would be read with losses and written back so, and the rest of the file would be damaged.
 */
function encodingProblem({ named }: NamedPath, content: Buffer): Unreadable | undefined {
  if (isUtf8(content)) return undefined;
  const line = firstWrongLine(content);
  return {
    kind: "no-text",
    told: `${named} is not UTF-8 text (first in line ${line}); changing it here would damage it. Search it with Grep, or look at it with Bash: iconv -f latin1 -t utf-8.`,
  };
}

function firstWrongLine(content: Buffer): number {
  let line = 1;
  for (let start = 0; start < content.length; line++) {
    const end = content.indexOf(0x0a, start);
    const next = end < 0 ? content.length : end + 1;
    if (!isUtf8(content.subarray(start, next))) return line;
    start = next;
  }
  return line;
}
