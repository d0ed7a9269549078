import type { FileChanges } from "../model/file-change.ts";
import type { CommitId, TreeId } from "../model/ids.ts";
import type { Result } from "../model/result.ts";
import type { Patch } from "../model/unit.ts";

/**
 * What a run needs of one git repository. Nothing here touches the user's checkout, index, HEAD or branches,
 * except `publishBranch` (creates `skein/<run>` only) and `refs/skein/*`.
 */
export interface Workspace extends AsyncDisposable {
  /** Absolute path of the repository's top level. */
  readonly repo: string;
  resolve(revision: string): Promise<Result<CommitId>>;
  /** A worktree of `commit`, detached, with dependencies linked in; its folder belongs to the caller until closed. */
  open(commit: CommitId, options: OpenOptions): Promise<Result<Worktree>>;
  /** The open worktree of that path. */
  at(path: string): Worktree | undefined;
  /** Merges `theirs` onto `ours` in memory. `base` is the commit theirs was made on. */
  merge(options: {
    readonly base: CommitId;
    readonly ours: CommitId;
    readonly theirs: CommitId;
  }): Promise<Result<MergeOutcome>>;
  /** A commit of `tree`, made without a checkout. */
  commitTree(
    tree: TreeId,
    options: { readonly parents: readonly CommitId[]; readonly message: string },
  ): Promise<Result<CommitId>>;
  /** A tree with other files: content replaced, files added or gone. A text takes the place of one that is there. */
  replaceFiles(tree: TreeId, files: ReadonlyMap<string, FileContent>): Promise<Result<TreeId>>;
  /**
   * Text of a blob, by its id or as `commit:path`, without a process of its own; undefined when there is none, or it is
   * not UTF-8, or longer than 1 MB.
   */
  textOf(blob: string): Promise<Result<string | undefined>>;
  /** What `commit` changed against `base`. */
  patchOf(base: CommitId, commit: CommitId): Promise<Result<Patch>>;
  /** The same of several, with what each file was and became. */
  changesOf(
    pairs: readonly { readonly base: CommitId; readonly commit: CommitId }[],
  ): Promise<Result<readonly FileChanges[]>>;
  /** `git diff --binary base commit`, as bytes of a patch file; of some files only, when they are named. */
  diffText(base: CommitId, commit: CommitId, files?: readonly string[]): Promise<Result<string>>;
  setRef(ref: string, commit: CommitId): Promise<Result<void>>;
  /** One that is not there is no error. */
  dropRef(ref: string): Promise<void>;
  /** Creates the branch; fails when it exists with a commit that is not the run's own. */
  publishBranch(
    name: string,
    commit: CommitId,
    isOurs: (commit: CommitId) => boolean,
  ): Promise<Result<void>>;
  treeOf(commit: CommitId): Promise<Result<TreeId>>;
  /** A file's text as committed, at most 1 MB; undefined when it is not there or is binary. */
  readFile(commit: CommitId, path: string): Promise<Result<string | undefined>>;
  /** Repository-relative paths in a commit's tree. */
  listFiles(commit: CommitId): Promise<Result<readonly string[]>>;
  /** Mode and object of each file in a commit's tree, as `100644 <hash>`, by its path. */
  listEntries(commit: CommitId): Promise<Result<ReadonlyMap<string, string>>>;
  /** Lines that match an extended regular expression, joined, by the text file they are in. */
  linesMatching(commit: CommitId, pattern: string): Promise<Result<ReadonlyMap<string, string>>>;
}

export interface OpenOptions {
  /** Names the folder; unique within the run. */
  readonly name: string;
  /** Link the installed dependencies in. */
  readonly deps: "hardlink" | "copy" | "none";
}

export interface Worktree extends AsyncDisposable {
  readonly path: string;
  readonly base: CommitId;
  /** Dependencies were linked or copied in: `isUntouched` does not look into them. */
  hasDependencies(): boolean;
  /** Links or copies them into a worktree that was opened without, as they are installed by now. */
  addDependencies(how: "hardlink" | "copy"): Promise<Result<void>>;
  /** False: somebody has deleted it. */
  isThere(): Promise<boolean>;
  /** True when nothing in it was written since it was opened; answered without git. */
  isUntouched(): Promise<boolean>;
  /**
   * Keeps all files that a commit would take, and those in the output folder `outDir`, as they are now, beside the
   * repository's own objects; no commit, no index and no ref of the worktree changes.
   */
  snapshot(outDir: string): Promise<Result<Snapshot>>;
  /** Makes those files what they were; what has come to the output folder since is removed. */
  restore(snapshot: Snapshot, outDir: string): Promise<Result<void>>;
  /** Commits everything that changed (untracked files that are not ignored included); undefined when nothing did. */
  commit(message: string): Promise<Result<Patch | undefined>>;
}

/** What an agent could write to, at one moment. */
export interface Snapshot {
  readonly tree: TreeId;
  /** Of the output folder; undefined: it was empty. */
  readonly out: TreeId | undefined;
}

/** What a file becomes: a text, what it is in another commit, or nothing. */
export type FileContent =
  | { readonly text: string }
  | { readonly from: CommitId }
  | { readonly isGone: true };

export type MergeOutcome =
  | { readonly kind: "clean"; readonly tree: TreeId }
  /** `tree` holds conflict markers, where git has any. */
  | {
      readonly kind: "conflict";
      readonly tree: TreeId;
      readonly files: readonly ConflictedFile[];
      readonly messages: string;
    };

/** A path that git could not merge, and its versions. */
export interface ConflictedFile {
  readonly path: string;
  /** Kinds of git's messages that name it. */
  readonly said: readonly string[];
  readonly base?: FileVersion;
  readonly ours?: FileVersion;
  readonly theirs?: FileVersion;
}

export interface FileVersion {
  /** As git writes it: 100644, 100755, 120000 for a link, 160000 for a repository. */
  readonly mode: string;
  readonly blob: string;
}
