import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { MemoryFiles } from "../../ports/memory-files.ts";

/** Largest file of memory that is read, in bytes: an inbox of 100,000 observations. */
const bytesMax = 256 * 1024 * 1024;

/** Memory's files below `<repo>/.skein`. Folders are 0700, files 0600; a link anywhere on the way is refused. */
export function diskFiles(repo: string): MemoryFiles {
  const root = join(repo, ".skein");
  const at = async (path: string): Promise<string> => {
    await refuseLinks(root, path);
    return join(root, path);
  };
  return {
    read: async (path) => {
      try {
        const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
        await using handle = await open(await at(path), flags);
        const info = await handle.stat();
        if (!info.isFile()) throw new Error(`${path} is not a plain file`);
        if (info.size > bytesMax)
          throw new Error(`${path} has ${info.size} bytes, more than ${bytesMax}`);
        return await handle.readFile("utf8");
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw named(error, path);
      }
    },
    list: async (path) => {
      try {
        const found = await readdir(await at(path), { withFileTypes: true });
        return found.map((entry) => ({
          name: entry.name,
          kind: entry.isFile() ? "file" : entry.isDirectory() ? "dir" : "other",
        }));
      } catch (error) {
        if (isMissing(error)) return [];
        throw named(error, path);
      }
    },
    write: async (path, text) => {
      const flags =
        constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;
      await using handle = await open(await at(path), flags, 0o600);
      await handle.writeFile(text);
    },
    sync: async (path) => {
      await using handle = await open(await at(path), constants.O_RDONLY | constants.O_NOFOLLOW);
      await handle.sync();
    },
    rename: async (from, to) => rename(await at(from), await at(to)),
    remove: async (path) => rm(await at(path), { force: true }),
    makeDir: async (path) => {
      await mkdir(await at(path), { recursive: true, mode: 0o700 });
    },
    syncDir: async (path) => {
      await using handle = await open(await at(path), constants.O_RDONLY | constants.O_DIRECTORY);
      await handle.sync();
    },
  };
}

/** The repository may bring `.skein/memory` as a link to anywhere. */
async function refuseLinks(root: string, path: string): Promise<void> {
  for (let part = path; ; part = dirname(part)) {
    const whole = part === "." ? root : join(root, part);
    const info = await lstat(whole).catch(() => undefined);
    if (info?.isSymbolicLink() === true)
      throw new Error(`${whole} is a symbolic link; memory follows none`);
    if (part === ".") return;
  }
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
