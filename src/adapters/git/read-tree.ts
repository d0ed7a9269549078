import { posix } from "node:path";

import type { CommitId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";
import type { ObjectReader } from "./object-reader.ts";

/** Largest file given as text, in bytes. */
const textBytesMax = 1024 * 1024;

export async function listFiles(git: Git, commit: CommitId): Promise<Result<readonly string[]>> {
  const listed = await git.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
  return listed.ok ? ok(listed.value.split("\0").filter((path) => path !== "")) : listed;
}

/** `<mode> <type> <object>` TAB path, each ended by NUL. */
export async function listEntries(
  git: Git,
  commit: CommitId,
): Promise<Result<ReadonlyMap<string, string>>> {
  const listed = await git.run(["ls-tree", "-r", "-z", "--full-tree", commit]);
  if (!listed.ok) return listed;
  const entries = listed.value.split("\0").flatMap((line) => {
    const [, mode, object, path] = /^(\d+) \w+ (\w+)\t([\s\S]+)$/.exec(line) ?? [];
    return path === undefined ? [] : [[path, `${mode} ${object}`] as const];
  });
  return ok(new Map(entries));
}

/** Folders of packages among the paths of a tree; its top is one of them in any case. */
export function packageFolders(files: readonly string[]): readonly string[] {
  const folders = files
    .filter((path) => posix.basename(path) === "package.json")
    .map((path) => posix.dirname(path));
  return [...new Set([".", ...folders])];
}

/** A file as committed; undefined when it is not there, is binary, or is too long to be read as text. */
export async function readTextFile(
  git: Git,
  commit: CommitId,
  path: string,
): Promise<Result<string | undefined>> {
  const listed = await git.run(["ls-tree", "-l", "-z", "--full-tree", commit, "--", path]);
  if (!listed.ok) return listed;
  const [, hash, size] = /^100\d{3} blob (\S+) +(\d+)\t/.exec(listed.value) ?? [];
  if (hash === undefined || Number(size) > textBytesMax) return ok(undefined);
  const text = await git.run(["cat-file", "blob", hash]);
  if (!text.ok) return text;
  return ok(text.value.includes("\0") ? undefined : text.value);
}

/** A blob as text; undefined when its bytes would not survive being a string. */
export async function readText(
  reader: ObjectReader,
  blob: string,
): Promise<Result<string | undefined>> {
  const read = await reader.read(blob);
  if (!read.ok) return read;
  const { type, content = Buffer.alloc(0) } = read.value ?? {};
  if (type !== "blob" || content.length > textBytesMax || content.includes(0)) return ok(undefined);
  const text = content.toString();
  return ok(Buffer.from(text).equals(content) ? text : undefined);
}
