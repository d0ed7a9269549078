import type { CommitId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Patch } from "../../model/unit.ts";
import type { Git } from "./git.ts";

const plainDiff = ["--no-ext-diff", "--no-textconv", "--no-renames", "--no-color"] as const;

/** What a commit changed. Renames count as both names: a scope must allow the old place and the new one. */
export async function readPatch(
  git: Git,
  base: CommitId,
  commit: CommitId,
): Promise<Result<Patch>> {
  const out = await git.run(["diff", "--numstat", "-z", ...plainDiff, base, commit, "--"]);
  if (!out.ok) return out;
  const rows = out.value
    .split("\0")
    .filter((row) => row !== "")
    .map((row) => row.split("\t"));
  // Binary files count as "-".
  const sum = (column: number): number =>
    rows.reduce((total, row) => total + (Number(row[column]) || 0), 0);
  const files = rows.map((row) => row.slice(2).join("\t")).toSorted();
  return ok({ base, commit, files, insertions: sum(0), deletions: sum(1) });
}

/** The bytes of a patch file that `git apply` takes. */
export function readDiff(git: Git, base: CommitId, commit: CommitId): Promise<Result<string>> {
  return git.run(["diff", "--binary", ...plainDiff, base, commit, "--"]);
}
