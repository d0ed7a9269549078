import type { CommitId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Patch } from "../../model/unit.ts";
import type { Git } from "./git.ts";

/** Renames count as both names: a scope must allow the old place and the new one. */
export const patchDiff = [
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-ext-diff",
  "--no-textconv",
  "--no-color",
] as const;

/** A file as it is after the change; its mode is 000000 when it is gone. */
export interface ChangedEntry {
  readonly mode: string;
  readonly hash: string;
  readonly path: string;
}

/**
 * Reads `--raw --numstat -z`: for each file `:mode mode hash hash status` NUL path NUL, then for each file
 * `insertions TAB deletions TAB path` NUL, with `-` for the counts of a binary file.
 */
export function readChanges(text: string): Pick<Patch, "files" | "insertions" | "deletions"> & {
  readonly entries: readonly ChangedEntry[];
} {
  const fields = text.split("\0");
  const entries: ChangedEntry[] = [];
  let at = 0;
  for (; fields[at]?.startsWith(":") === true; at += 2) {
    const [, mode = "", , hash = ""] = (fields[at] ?? "").split(" ");
    entries.push({ mode, hash, path: fields[at + 1] ?? "" });
  }
  const counts = fields.slice(at).map((row) => row.split("\t"));
  const sum = (column: number): number =>
    counts.reduce((total, row) => total + (Number(row[column]) || 0), 0);
  return {
    entries,
    files: entries.map(({ path }) => path).toSorted(),
    insertions: sum(0),
    deletions: sum(1),
  };
}

/** What a commit changed. */
export async function readPatch(
  git: Git,
  base: CommitId,
  commit: CommitId,
): Promise<Result<Patch>> {
  const diff = await git.run(["diff-tree", "-r", ...patchDiff, "--raw", "--numstat", base, commit]);
  if (!diff.ok) return diff;
  const { files, insertions, deletions } = readChanges(diff.value);
  return ok({ base, commit, files, insertions, deletions });
}

/**
 * The bytes of a patch file that `git apply` takes. Plumbing, since `git diff` would follow the user's settings for
 * prefixes and context. Text that is not UTF-8 does not survive being a string; the commit itself is what counts.
 */
export function readDiff(
  git: Git,
  sides: { readonly base: CommitId; readonly commit: CommitId },
  files: readonly string[] = [],
): Promise<Result<string>> {
  const options = patchDiff.filter((option) => option !== "-z");
  const { base, commit } = sides;
  return git.run([
    "diff-tree",
    "-r",
    ...options,
    "--patch",
    "--binary",
    base,
    commit,
    "--",
    ...files,
  ]);
}
