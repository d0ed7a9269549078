import {
  closeSync,
  constants,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { rename, rmdir } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { promisify } from "node:util";

import type { MemoryFiles } from "../../ports/memory-files.ts";

/** Largest file of memory that is read, in bytes: an inbox of 100,000 observations. */
const bytesMax = 256 * 1024 * 1024;

const flush = promisify(fsync);
const noLink = constants.O_NOFOLLOW;

/**
 * Memory's files below `<repo>/.skein`. Folders are 0700, files 0600; a link anywhere on the way is refused. Memory has
 * thousands of small files: each call that only asks the kernel is done at once, which costs a tenth of waiting for a thread
 * to do it; what waits for the disk is awaited.
 */
export function diskFiles(repo: string): MemoryFiles {
  const root = join(repo, ".skein");
  const refuseLinks = linkGuard(root);
  const at = (path: string): string => {
    if (path.split("/").includes("..") || isAbsolute(path))
      throw new Error(`${path} leads out of ${root}`);
    refuseLinks(path);
    return join(root, path);
  };
  const synced = async (path: string, flags: number): Promise<void> => {
    const file = openSync(at(path), flags);
    try {
      await flush(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    read: async (path) => {
      try {
        return textOf(at(path), path);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw named(error, path);
      }
    },
    list: async (path) => {
      try {
        return readdirSync(at(path), { withFileTypes: true }).map((entry) => ({
          name: entry.name,
          kind: entry.isFile() ? "file" : entry.isDirectory() ? "dir" : "other",
        }));
      } catch (error) {
        if (isMissing(error)) return [];
        throw named(error, path);
      }
    },
    write: async (path, text) => {
      const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | noLink;
      const file = openSync(at(path), flags, 0o600);
      try {
        writeFileSync(file, text);
      } finally {
        closeSync(file);
      }
    },
    sync: (path) => synced(path, constants.O_RDONLY | noLink),
    rename: async (from, to) => rename(at(from), at(to)),
    remove: async (path) => {
      rmSync(at(path), { force: true });
    },
    makeDir: async (path) => {
      mkdirSync(at(path), { recursive: true, mode: 0o700 });
    },
    removeEmptyDir: async (path) => rmdir(at(path)).catch(() => undefined),
    syncDir: (path) => synced(path, constants.O_RDONLY | constants.O_DIRECTORY),
  };
}

function textOf(whole: string, path: string): string {
  const file = openSync(whole, constants.O_RDONLY | noLink | constants.O_NONBLOCK);
  try {
    const info = fstatSync(file);
    if (!info.isFile()) throw new Error(`${path} is not a plain file`);
    if (info.size > bytesMax)
      throw new Error(`${path} has ${info.size} bytes, more than ${bytesMax}`);
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

/**
 * Refuses a link anywhere on the way to a file: the repository may bring `.skein/memory` as one. Thousands of files of one folder are
 * handled in one turn of the event loop, for which one look at the folder has to do: who could put a link there meanwhile could do
 * so between any look and what follows it.
 */
function linkGuard(root: string): (path: string) => void {
  const plain = new Set<string>();
  const checkFolder = (folder: string): void => {
    if (plain.has(folder)) return;
    if (plain.size === 0) setImmediate(() => plain.clear());
    refuseLink(root, folder);
    if (folder !== ".") checkFolder(dirname(folder));
    plain.add(folder);
  };
  return (path) => {
    refuseLink(root, path);
    checkFolder(dirname(path));
  };
}

function refuseLink(root: string, path: string): void {
  const whole = path === "." ? root : join(root, path);
  if (lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink() === true)
    throw new Error(`${whole} is a symbolic link; memory follows none`);
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOENT" || error.code === "ENOTDIR")
  );
}

function named(error: unknown, path: string): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(`${path} cannot be read: ${why}`, { cause: error });
}
