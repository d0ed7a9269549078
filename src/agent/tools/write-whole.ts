import { randomUUID } from "node:crypto";
import { lstat, open, rename, rm } from "node:fs/promises";
import { basename } from "node:path";

import { holdFolder } from "./held-folder.ts";
import type { NamedPath } from "./path-refusal.ts";

/**
 * Puts a text in the place of a file in one step, its mode kept, or makes it with its folders. Rejects with what the model
 * should read: no folder of this machine is in it.
 */
export async function writeWhole(path: NamedPath, text: string): Promise<void> {
  try {
    await using folder = await holdFolder(path, { make: true });
    const file = folder.at(basename(path.real));
    const part = folder.at(`.tmp-${process.pid}-${randomUUID()}`);
    const before = await lstat(file).catch(() => undefined);
    try {
      await using handle = await open(part, "wx", 0o600);
      if (before?.isFile() === true) await handle.chmod(before.mode & 0o777);
      await handle.writeFile(text);
      await handle.sync();
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${path.named} was not written: ${whyNot(code)}`, { cause: error });
  }
}

function whyNot(code: string | undefined): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "EISDIR":
      return "it is a folder";
    case "ENOTDIR":
    case "ELOOP":
      return "a part of its path is no folder";
    default:
      return code ?? "it failed";
  }
}
