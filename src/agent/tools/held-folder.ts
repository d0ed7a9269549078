import { constants, existsSync } from "node:fs";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import type { NamedPath } from "./path-refusal.ts";

/** A folder that stays the one it was when it was opened, whatever becomes of its path. */
export interface HeldFolder extends AsyncDisposable {
  /** The path by which a name in it is reached for as long as it is held. */
  readonly at: (name: string) => string;
}

/** Where it is not, there is no sandbox either, whose commands are what this is held against. */
const descriptors = "/proc/self/fd";
const byDescriptor = existsSync(descriptors);
const asFolder = constants.O_RDONLY | constants.O_DIRECTORY;

/**
 * Opens the folder that a file lies in, one name after the other and over no link: a command in the background could put
 * one in the place of any folder after it was looked where the path leads. Rejects with the system's error.
 */
export async function holdFolder(
  { real, root }: NamedPath,
  { make }: { readonly make: boolean },
): Promise<HeldFolder> {
  const names = relative(root, dirname(real))
    .split(sep)
    .filter((name) => name !== "");
  if (!byDescriptor) return followed(dirname(real), make);
  // The worktree's own path is ours: no command reaches the folder that it lies in.
  let handle = await open(real === root ? real : root, asFolder);
  for (const name of real === root ? [] : names) handle = await stepInto(handle, name, make);
  return { at: (name) => inside(handle, name), [Symbol.asyncDispose]: () => handle.close() };
}

async function stepInto(outer: FileHandle, name: string, make: boolean): Promise<FileHandle> {
  try {
    const path = inside(outer, name);
    if (make) await mkdir(path, { mode: 0o700 }).catch(unlessThere);
    return await open(path, asFolder | constants.O_NOFOLLOW);
  } finally {
    await outer.close();
  }
}

function inside({ fd }: FileHandle, name: string): string {
  // As it stands: joined, "." would be the link to the folder and not the folder.
  return `${descriptors}/${fd}/${name}`;
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

async function followed(folder: string, make: boolean): Promise<HeldFolder> {
  if (make) await mkdir(folder, { recursive: true, mode: 0o700 });
  return { at: (name) => join(folder, name), [Symbol.asyncDispose]: () => Promise.resolve() };
}
