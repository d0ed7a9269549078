import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { ConflictedFile, FileVersion, MergeOutcome } from "../../ports/workspace.ts";
import type { NewCommit } from "./commit-writer.ts";
import type { Git } from "./git.ts";
import type { Lineage } from "./lineage.ts";
import type { TreeMerger } from "./tree-merger.ts";

export interface MergeParts {
  readonly git: Git;
  readonly lineage: Lineage;
  readonly commit: (commit: NewCommit) => Promise<Result<CommitId>>;
  /** Without one, each merge starts a git of its own. */
  readonly merger?: TreeMerger;
}

interface Sides {
  readonly base: CommitId;
  readonly ours: CommitId;
  readonly theirs: CommitId;
}

/** A three-way merge in memory: by the git process that stays when this run made both sides from `base`. */
export async function mergeCommits(parts: MergeParts, sides: Sides): Promise<Result<MergeOutcome>> {
  const heads = await headsOn(parts, sides);
  if (!heads.ok) return heads;
  const { ours, theirs } = heads.value;
  const merged = await parts.merger?.merge(ours, theirs);
  if (merged !== undefined) return ok(outcomeOf(merged.answer, merged.isClean));
  const options = ["--write-tree", "-z", "--messages"];
  const answer = await parts.git.try(["merge-tree", ...options, ours, theirs]);
  // 0 is a clean merge, 1 a merge with conflicts; all else is trouble.
  if (answer.exitCode !== 0 && answer.exitCode !== 1) {
    return err(failure("git", `git merge-tree: ${answer.stderr.trim() || "failed"}`));
  }
  return ok(outcomeOf(answer.stdout, answer.exitCode === 0));
}

/**
 * Fields that end in NUL: the tree; a `mode blob stage TAB path` for each version of a file in conflict; an empty one; then
 * messages as a count of paths, the paths, the kind, the text. Not every conflict leaves markers or a version of its own
 * (both sides renamed, one side deleted), so the paths of every message about a conflict count as well.
 */
function outcomeOf(answer: string, clean: boolean): MergeOutcome {
  const [tree = "", ...fields] = answer.split("\0");
  if (clean) return { kind: "clean", tree: tree as TreeId };
  const end = fields.indexOf("");
  const files = new Map<string, ConflictedFile>();
  const fileAt = (path: string): ConflictedFile => files.get(path) ?? { path, said: [] };
  for (const field of fields.slice(0, end)) {
    const [, mode = "", blob = "", stage = "", path = ""] =
      /^(\d+) (\w+) ([123])\t([^]*)$/.exec(field) ?? [];
    const version: FileVersion = { mode, blob };
    files.set(path, { ...fileAt(path), [stages[Number(stage)] ?? "base"]: version });
  }
  const messages: string[] = [];
  for (let at = end + 1; at < fields.length && fields[at] !== "";) {
    const count = Number(fields[at]);
    const paths = fields.slice(at + 1, at + 1 + count);
    const [kind = "", text = ""] = fields.slice(at + 1 + count, at + 3 + count);
    if (kind.startsWith("CONFLICT")) {
      messages.push(text.trim());
      for (const path of paths) {
        const file = fileAt(path);
        files.set(path, { ...file, said: [...file.said, kind] });
      }
    }
    at += count + 3;
  }
  return {
    kind: "conflict",
    tree: tree as TreeId,
    files: [...files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    messages: messages.join("\n"),
  };
}

/** By their number in git's index. */
const stages: readonly ("base" | "ours" | "theirs" | undefined)[] = [
  undefined,
  "base",
  "ours",
  "theirs",
];

/**
 * Two commits whose merge base, as git finds it, is `base`. `--merge-base` came with git 2.40 and Debian 12 has 2.39;
 * and what a run knows of its merges is more than the parents of its commits say. So when git would choose another
 * base, both sides are written anew as children of it.
 */
async function headsOn(
  { git, lineage, commit }: MergeParts,
  { base, ours, theirs }: Sides,
): Promise<Result<{ readonly ours: CommitId; readonly theirs: CommitId }>> {
  const madeFromBase =
    lineage.parents(theirs)?.length === 1 &&
    lineage.parents(theirs)?.[0] === base &&
    lineage.descends(ours, base) &&
    !lineage.descends(ours, theirs);
  if (madeFromBase) return ok({ ours, theirs });
  const found = await git.try(["merge-base", "--all", ours, theirs]);
  if (found.stdout.trim() === base) return ok({ ours, theirs });

  const onBase = async (side: CommitId): Promise<Result<CommitId>> => {
    if (side === base) return ok(side);
    const tree = await git.run(["rev-parse", `${side}^{tree}`]);
    if (!tree.ok) return tree;
    return commit({
      tree: tree.value.trim() as TreeId,
      parents: [base],
      message: "side of a merge",
    });
  };
  const left = await onBase(ours);
  if (!left.ok) return left;
  const right = await onBase(theirs);
  return right.ok ? ok({ ours: left.value, theirs: right.value }) : right;
}
