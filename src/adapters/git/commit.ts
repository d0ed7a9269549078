import { posix } from "node:path";

import { type Failure, failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git, GitOptions } from "./git.ts";

/** Largest file an agent may add, in bytes; bigger ones are nearly always build output that escaped .gitignore. */
const fileBytesMax = 50 * 1024 * 1024;

/**
 * Commits everything that changed in a worktree on top of its base; undefined when the tree is the same. Refuses what
 * a patch must not carry: nested repositories, links that lead out of the tree, huge files.
 */
export async function commitAll(
  git: Git,
  options: { readonly base: CommitId; readonly message: string; readonly at: GitOptions },
): Promise<Result<CommitId | undefined>> {
  const { base, at } = options;
  const staged = await git.run(["add", "--all", "--", "."], at);
  if (!staged.ok) return staged;
  const refused = await refusedEntry(git, base, at);
  if (!refused.ok) return refused;
  if (refused.value !== undefined) return err(refused.value);
  const tree = await git.run(["write-tree"], at);
  if (!tree.ok) return tree;
  const baseTree = await git.run(["rev-parse", `${base}^{tree}`]);
  if (!baseTree.ok) return baseTree;
  if (tree.value === baseTree.value) return ok(undefined);
  return commitTree(git, tree.value.trim() as TreeId, {
    parents: [base],
    message: options.message,
  });
}

export async function commitTree(
  git: Git,
  tree: TreeId,
  options: { readonly parents: readonly CommitId[]; readonly message: string },
): Promise<Result<CommitId>> {
  const parents = options.parents.flatMap((parent) => ["-p", parent]);
  const made = await git.run(["commit-tree", tree, ...parents, "-F", "-"], {
    input: options.message,
  });
  return made.ok ? ok(made.value.trim() as CommitId) : made;
}

/** `:oldmode newmode oldhash newhash status` NUL path NUL, of what is staged against the base. */
async function refusedEntry(
  git: Git,
  base: CommitId,
  at: GitOptions,
): Promise<Result<Failure | undefined>> {
  const raw = await git.run(
    ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", base],
    at,
  );
  if (!raw.ok) return raw;
  const fields = raw.value.split("\0");
  const added: { readonly mode: string; readonly hash: string; readonly path: string }[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [, mode = "", , hash = ""] = (fields[index] ?? "").split(" ");
    added.push({ mode, hash, path: fields[index + 1] ?? "" });
  }
  const nested = added.find((entry) => entry.mode === "160000");
  if (nested !== undefined) {
    return ok(
      failure(
        "out-of-scope",
        `${nested.path} is a git repository of its own; it cannot be part of a patch`,
      ),
    );
  }
  for (const link of added.filter((entry) => entry.mode === "120000")) {
    const target = await git.run(["cat-file", "blob", link.hash]);
    if (!target.ok) return target;
    if (leadsOut(link.path, target.value)) {
      return ok(
        failure(
          "out-of-scope",
          `the link ${link.path} leads out of the repository, to ${target.value}`,
        ),
      );
    }
  }
  return hugeEntry(git, added);
}

function leadsOut(path: string, target: string): boolean {
  if (posix.isAbsolute(target)) return true;
  const inside = posix.normalize(posix.join(posix.dirname(path), target));
  return (
    inside === ".." || inside.startsWith("../") || inside === ".git" || inside.startsWith(".git/")
  );
}

async function hugeEntry(
  git: Git,
  added: readonly { readonly mode: string; readonly hash: string; readonly path: string }[],
): Promise<Result<Failure | undefined>> {
  const blobs = added.filter((entry) => entry.mode.startsWith("100"));
  if (blobs.length === 0) return ok(undefined);
  const sizes = await git.run(["cat-file", "--batch-check=%(objectsize)"], {
    input: blobs.map((entry) => `${entry.hash}\n`).join(""),
  });
  if (!sizes.ok) return sizes;
  const index = sizes.value.split("\n").findIndex((size) => Number(size) > fileBytesMax);
  return ok(
    index === -1
      ? undefined
      : failure(
          "out-of-scope",
          `${blobs[index]?.path} is larger than ${fileBytesMax / 1024 / 1024} MB`,
          {
            hint: "build output belongs in .gitignore",
          },
        ),
  );
}
