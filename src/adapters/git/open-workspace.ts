import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import pLimit from "p-limit";

import { unitSlug } from "../../core/plan/unit-slug.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId, RunId, TreeId } from "../../model/ids.ts";
import type { UnitId } from "../../model/ids.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { OpenOptions, Workspace, Worktree } from "../../ports/workspace.ts";
import { checkRepository } from "./check-repository.ts";
import { commitTree } from "./commit.ts";
import { createGit, type Git } from "./git.ts";
import { linkDependencies } from "./link-deps.ts";
import { localProgramOverrides } from "./local-programs.ts";
import { mergeCommits } from "./merge.ts";
import { readDiff, readPatch } from "./patch.ts";
import { addWorktree } from "./worktree.ts";

/** Largest file given as text, in bytes. */
const textBytesMax = 1024 * 1024;

export interface WorkspaceOptions {
  readonly repo: string;
  readonly run: RunId;
  /**
   * Folder for worktrees. Outside the repository: node looks for packages in every parent folder, and from inside the
   * checkout it would find the user's.
   */
  readonly worktreesDir: string;
}

/** A workspace, and where its git data lives: the sandbox must show that folder to commands, read-only. */
export interface OpenedWorkspace extends Workspace {
  readonly commonDir: string;
  /** From now on, worktrees get their dependencies from this folder instead of the user's checkout. */
  useDependenciesOf(folder: string): void;
}

export async function openWorkspace(options: WorkspaceOptions): Promise<Result<OpenedWorkspace>> {
  if (!existsSync(options.repo)) {
    return err(
      failure("not-a-repository", `${options.repo} does not exist`, {
        hint: "name a repository with --repo PATH",
      }),
    );
  }
  const first = createGit(options.repo);
  const facts = await checkRepository(first, options.repo);
  if (!facts.ok) return facts;
  const git = createGit(facts.value.top, {
    ...(await localProgramOverrides(first)),
    ...(await identity(first)),
  });
  await mkdir(options.worktreesDir, { recursive: true, mode: 0o700 });
  return ok(workspaceOf(git, { ...facts.value, ...options }));
}

/** The user's own name on commits; without one, ours. */
async function identity(git: Git): Promise<Readonly<Record<string, string>>> {
  const known = await git.try(["var", "GIT_COMMITTER_IDENT"]);
  const configured = await git.try(["config", "user.email"]);
  return known.exitCode === 0 && configured.exitCode === 0
    ? {}
    : { "user.name": "Skein", "user.email": "skein@localhost" };
}

function workspaceOf(
  git: Git,
  at: WorkspaceOptions & { readonly top: string; readonly commonDir: string },
): OpenedWorkspace {
  const inTurn = pLimit(1);
  const linking = pLimit(2);
  let dependenciesOf = at.top;

  async function open(commit: CommitId, options: OpenOptions): Promise<Result<Worktree>> {
    const path = join(at.worktreesDir, unitSlug(options.name as UnitId));
    const worktree = await addWorktree({ git, path, commit, inTurn });
    const { deps } = options;
    if (!worktree.ok || deps === "none") return worktree;
    const packageFolders = await packageFoldersOf(git, commit);
    if (!packageFolders.ok) return packageFolders;
    const from = dependenciesOf;
    const linked = await linking(() =>
      linkDependencies({ from, to: path, packageFolders: packageFolders.value, how: deps }),
    );
    if (linked.ok) return worktree;
    await worktree.value[Symbol.asyncDispose]();
    return linked;
  }

  return {
    repo: at.top,
    commonDir: at.commonDir,
    useDependenciesOf: (folder) => {
      dependenciesOf = folder;
    },
    open,
    resolve: (revision) => resolveCommit(git, revision),
    merge: (sides) => mergeCommits(git, sides),
    commitTree: (tree, options) => commitTree(git, tree, options),
    patchOf: (base, commit) => readPatch(git, base, commit),
    diffText: (base, commit) => readDiff(git, base, commit),
    setRef: async (ref, commit) => done(await git.run(["update-ref", "--no-deref", ref, commit])),
    publishBranch: (name, commit) => publishBranch(git, name, commit),
    treeOf: async (commit) => {
      const tree = await git.run(["rev-parse", `${commit}^{tree}`]);
      return tree.ok ? ok(tree.value.trim() as TreeId) : tree;
    },
    readFile: (commit, path) => readTextFile(git, commit, path),
    listFiles: (commit) => listFiles(git, commit),
    [Symbol.asyncDispose]: async () => {
      await rm(at.worktreesDir, { recursive: true, force: true, maxRetries: 3 });
      await git.try(["worktree", "prune"]);
    },
  };
}

function done(result: Result<string>): Result<void> {
  return result.ok ? ok(undefined) : result;
}

async function resolveCommit(git: Git, revision: string): Promise<Result<CommitId>> {
  const found = await git.try([
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${revision}^{commit}`,
  ]);
  return found.exitCode === 0
    ? ok(found.stdout.trim() as CommitId)
    : err(
        failure("git", `there is no commit ${revision}`, {
          hint: "name a branch, tag or commit of this repository with --base",
        }),
      );
}

/** Creates the branch only: an existing one of that name is somebody's work. */
async function publishBranch(git: Git, name: string, commit: CommitId): Promise<Result<void>> {
  return done(
    await git.run([
      "update-ref",
      "--no-deref",
      `refs/heads/${name}`,
      commit,
      "0".repeat(commit.length),
    ]),
  );
}

async function listFiles(git: Git, commit: CommitId): Promise<Result<readonly string[]>> {
  const listed = await git.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
  return listed.ok ? ok(listed.value.split("\0").filter((path) => path !== "")) : listed;
}

async function packageFoldersOf(git: Git, commit: CommitId): Promise<Result<readonly string[]>> {
  const files = await listFiles(git, commit);
  if (!files.ok) return files;
  const folders = files.value
    .filter((path) => path === "package.json" || path.endsWith("/package.json"))
    .map((path) => dirname(path));
  return ok([...new Set([".", ...folders])]);
}

async function readTextFile(
  git: Git,
  commit: CommitId,
  path: string,
): Promise<Result<string | undefined>> {
  const size = await git.try(["cat-file", "-s", `${commit}:${path}`]);
  if (size.exitCode !== 0 || Number(size.stdout) > textBytesMax) return ok(undefined);
  const text = await git.run(["cat-file", "blob", `${commit}:${path}`]);
  if (!text.ok) return text;
  return ok(text.value.includes("\0") ? undefined : text.value);
}
