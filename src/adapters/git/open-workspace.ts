import { join } from "node:path";

import pLimit from "p-limit";

import { unitSlug } from "../../core/plan/unit-slug.ts";
import { beganAt } from "../../core/run-id.ts";
import type { CommitId, RunId, TreeId, UnitId } from "../../model/ids.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import type { OpenOptions, Workspace, Worktree } from "../../ports/workspace.ts";
import { folderAt } from "../folder-at.ts";
import { makeFolder } from "../make-folder.ts";
import { checkRepository, type RepositoryFacts } from "./check-repository.ts";
import { type CommitWriter, createCommitWriter, type NewCommit } from "./commit-writer.ts";
import { replaceFiles, type TreeParts } from "./edit-tree.ts";
import { createGit, type Git } from "./git.ts";
import { removeLeftWorktrees } from "./left-worktrees.ts";
import { createLineage } from "./lineage.ts";
import { linesMatching } from "./lines-matching.ts";
import { linkDependencies } from "./link-deps.ts";
import { localProgramOverrides } from "./local-programs.ts";
import { mergeCommits } from "./merge.ts";
import { createObjectReader } from "./object-reader.ts";
import { createObjectWriter } from "./object-writer.ts";
import { readDiff, readPatch } from "./patch.ts";
import { readChangesOf } from "./read-changes.ts";
import { listEntries, listFiles, packageFolders, readText, readTextFile } from "./read-tree.ts";
import { publishBranch, resolveCommit, setRef } from "./refs.ts";
import { removeTree } from "./remove-tree.ts";
import { createTreeMerger } from "./tree-merger.ts";
import { addWorktree } from "./worktree.ts";

export interface WorkspaceOptions {
  readonly repo: string;
  readonly run: RunId;
  /**
   * Folder for worktrees, the run's alone; removed in the end. Outside the repository: node looks for packages in
   * every parent folder, and from inside the checkout it would find the user's.
   */
  readonly worktreesDir: string;
  /** Folder for the trees of worktrees at work; by default in the run's own, in the repository. */
  readonly snapshots?: string;
  /** By which is waited for a lock of git's. */
  readonly clock?: Pick<Clock, "sleep">;
  /** Known beforehand of a repository whose settings only Skein writes; of any other it is looked up, and checked. */
  readonly known?: KnownRepository;
}

export interface KnownRepository extends RepositoryFacts {
  /** As git writes an author, for commits of this run. */
  readonly author: string;
}

/** A workspace, and where its git data lives: the sandbox must show that folder to commands, read-only. */
export interface OpenedWorkspace extends Workspace {
  readonly commonDir: string;
  /** From now on, worktrees get their dependencies from this folder instead of the user's checkout. */
  useDependenciesOf(folder: string): void;
}

/** Worktrees that are filled, or get their dependencies, at a time: the disk is the limit, not the processors. */
const fillingMax = 2;

export async function openWorkspace(options: WorkspaceOptions): Promise<Result<OpenedWorkspace>> {
  const there = folderAt(options.repo);
  if (!there.ok) return there;
  const looked = await lookAt(options);
  if (!looked.ok) return looked;
  const { git, author, top, commonDir } = looked.value;
  const writer = createCommitWriter(git, author);
  await removeLeftWorktrees(commonDir, options.worktreesDir);
  await makeFolder(options.worktreesDir);
  const objects = options.snapshots ?? join(top, ".skein", "runs", options.run, "snapshots");
  const { worktreesDir } = options;
  return ok(workspaceOf({ git, writer, top, commonDir, worktreesDir, objects }));
}

async function lookAt({
  repo,
  run,
  clock,
  known,
}: WorkspaceOptions): Promise<Result<KnownRepository & { readonly git: Git }>> {
  if (known !== undefined) return ok({ ...known, git: createGit(known.top, {}, clock) });
  const first = createGit(repo);
  const facts = await checkRepository(first, repo);
  if (!facts.ok) return facts;
  const overrides = await localProgramOverrides(first);
  if (!overrides.ok) return overrides;
  const git = createGit(facts.value.top, overrides.value, clock);
  return ok({ ...facts.value, git, author: await authorOf(git, run) });
}

/** The user's own name on commits, without one ours, and the time that the run began. */
export async function authorOf(git: Git, run: RunId): Promise<string> {
  const user = ["-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT"];
  const skein = ["-c", "user.name=Skein", "-c", "user.email=skein@localhost"];
  const known = await git.try(user);
  const { stdout } =
    known.exitCode === 0 ? known : await git.try([...skein, "var", "GIT_AUTHOR_IDENT"]);
  // A run that goes on makes the same commits once more, to the letter: agents are shown their names.
  const at = beganAt(run);
  const author = stdout.trim();
  return at === undefined ? author : author.replace(/\d+ ([+-]\d{4})$/, `${at} $1`);
}

function workspaceOf(
  at: Omit<WorktreePlace, "filesOf"> & { readonly writer: CommitWriter },
): OpenedWorkspace {
  const { git, writer } = at;
  const filesOf = lastListed(git);
  const lineage = createLineage();
  const commitTree = async (commit: NewCommit): Promise<Result<CommitId>> => {
    const written = await writer.write(commit);
    if (written.ok) lineage.add(written.value, commit.parents);
    return written;
  };
  const worktrees = openerOf({ ...at, filesOf }, commitTree);
  const merger = createTreeMerger(git);
  const objects: TreeParts = {
    reader: createObjectReader(git),
    blobs: createObjectWriter(git, "blob"),
    trees: createObjectWriter(git, "tree"),
  };

  return {
    repo: at.top,
    commonDir: at.commonDir,
    useDependenciesOf: worktrees.useDependenciesOf,
    open: worktrees.open,
    at: worktrees.at,
    resolve: (revision) => resolveCommit(git, revision),
    merge: (sides) => mergeCommits({ git, lineage, commit: commitTree, merger }, sides),
    commitTree: (tree, options) => commitTree({ tree, ...options }),
    replaceFiles: (tree, files) => replaceFiles(objects, tree, files),
    textOf: (blob) => readText(objects.reader, blob),
    patchOf: (base, commit) => readPatch(git, base, commit),
    changesOf: (pairs) => readChangesOf(git, pairs),
    diffText: (base, commit, files) => readDiff(git, { base, commit }, files),
    setRef: (ref, commit) => setRef(git, ref, commit),
    dropRef: async (ref) => {
      await git.try(["update-ref", "-d", "--no-deref", ref]);
    },
    publishBranch: (name, commit, isOurs) => publishBranch(git, { name, commit, isOurs }),
    treeOf: async (commit) => {
      const tree = await git.run(["rev-parse", "--verify", `${commit}^{tree}`]);
      return tree.ok ? ok(tree.value.trim() as TreeId) : tree;
    },
    readFile: (commit, path) => readTextFile(git, commit, path),
    listFiles: filesOf,
    listEntries: (commit) => listEntries(git, commit),
    linesMatching: (commit, pattern) => linesMatching(git, commit, pattern),
    [Symbol.asyncDispose]: async () => {
      await worktrees.closeAll();
      await writer[Symbol.asyncDispose]();
      await merger[Symbol.asyncDispose]();
      for (const each of Object.values(objects)) await each[Symbol.asyncDispose]();
      await removeTree(at.worktreesDir);
    },
  };
}

/** Nearly all that is asked is asked of the commit that a run starts from. What could not be listed is asked again. */
function lastListed(git: Git): Workspace["listFiles"] {
  let last: { commit: CommitId; files: ReturnType<typeof listFiles> } | undefined;
  return async (commit) => {
    const files = last?.commit === commit ? last.files : listFiles(git, commit);
    last = { commit, files };
    const listed = await files;
    if (!listed.ok && last?.files === files) last = undefined;
    return listed;
  };
}

type WorktreePlace = Pick<RepositoryFacts, "top" | "commonDir"> & {
  readonly git: Git;
  readonly worktreesDir: string;
  readonly objects: string;
  readonly filesOf: Workspace["listFiles"];
};

function openerOf(
  at: WorktreePlace,
  commit: (commit: NewCommit) => Promise<Result<CommitId>>,
): {
  readonly open: Workspace["open"];
  readonly at: Workspace["at"];
  readonly useDependenciesOf: OpenedWorkspace["useDependenciesOf"];
  readonly closeAll: () => Promise<void>;
} {
  const { git, commonDir, objects } = at;
  const inTurn = pLimit(1);
  const filling = pLimit(fillingMax);
  const openOnes = new Set<Worktree>();
  let dependenciesOf = at.top;

  async function link(
    base: CommitId,
    path: string,
    how: "hardlink" | "copy",
  ): Promise<Result<number>> {
    const files = await at.filesOf(base);
    if (!files.ok) return files;
    const folders = packageFolders(files.value);
    return linkDependencies({ from: dependenciesOf, to: path, packageFolders: folders, how });
  }

  async function fill(base: CommitId, options: OpenOptions): Promise<Result<Worktree>> {
    const path = join(at.worktreesDir, unitSlug(options.name as UnitId));
    const added = await addWorktree({ git, path, commit, commonDir, objects }, base, {
      inTurn,
      linkDependencies: (how) => link(base, path, how),
    });
    if (!added.ok || options.deps === "none") return added;
    const linked = await added.value.addDependencies(options.deps);
    if (linked.ok) return added;
    await added.value[Symbol.asyncDispose]();
    return linked;
  }

  return {
    open: async (base, options) => {
      const filled = await filling(() => fill(base, options));
      if (!filled.ok) return filled;
      const worktree: Worktree = {
        ...filled.value,
        [Symbol.asyncDispose]: async () => {
          openOnes.delete(worktree);
          await filled.value[Symbol.asyncDispose]();
        },
      };
      openOnes.add(worktree);
      return ok(worktree);
    },
    at: (path) => [...openOnes].find((worktree) => worktree.path === path),
    useDependenciesOf: (folder) => {
      dependenciesOf = folder;
    },
    closeAll: async () => {
      for (const worktree of openOnes) await worktree[Symbol.asyncDispose]();
    },
  };
}
