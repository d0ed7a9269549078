import { locationOf } from "../../core/repos/location-of.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId, TreeId } from "../../model/ids.ts";
import type { PublishTarget } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Branches } from "../../ports/publishing.ts";
import { createGit } from "../git/git.ts";
import { createLineage } from "../git/lineage.ts";
import { mergeCommits } from "../git/merge.ts";
import { gitFor, reach, type RetryOptions } from "../git/remote.ts";
import { checkLocalServer } from "./check-local-server.ts";
import { parseCommit, readSigning, type Signing, signCommit, writeCommit } from "./signing.ts";

/** Branches of servers, through git. */
export function createBranches(retry: RetryOptions): Branches {
  let signing: Promise<Signing> | undefined;
  const lookUp: Branches["lookUp"] = (target, branch) => lookUpBranch(target, branch, retry);
  return {
    lookUp,
    sign: async ({ store }, commit) => {
      signing ??= readSigning();
      return signCommit(store, commit, await signing);
    },
    rebase: async (target, branch, onto) => {
      const fetched = await fetchBranch(target, branch, retry);
      return fetched.ok ? rebaseOnto(target, onto) : fetched;
    },
    mail: ({ store, base, commit }) =>
      createGit(store).run(["format-patch", "--stdout", "--binary", `${base}..${commit}`]),
    push: async (target, { branch, commit, replaces }) => {
      const { address, store } = target;
      const safe = await checkLocalServer(address);
      if (!safe.ok) return safe;
      const ref = `refs/heads/${branch}`;
      const args = [
        "push",
        "--quiet",
        "--no-verify",
        "--no-follow-tags",
        "--no-recurse-submodules",
        "--no-signed",
        ...(replaces === undefined ? [] : [`--force-with-lease=${ref}:${replaces}`]),
        "--",
        locationOf(address),
        `${commit}:${ref}`,
      ];
      const pushed = await reach(gitFor(address, store), args, { retry });
      if (pushed.ok) return ok(undefined);
      // An answer that was lost on its way back does not mean that nothing arrived.
      const there = await lookUp(target, branch);
      if (there.ok && there.value === commit) return ok(undefined);
      return err(refused(target, branch, pushed.error));
    },
  };
}

async function lookUpBranch(
  { address, store }: PublishTarget,
  branch: string,
  retry: RetryOptions,
): Promise<Result<CommitId | undefined>> {
  const ref = `refs/heads/${branch}`;
  const args = ["ls-remote", "--quiet", "--heads", "--", locationOf(address), ref];
  const listed = await reach(gitFor(address, store), args, { retry });
  if (!listed.ok) return listed;
  // The name is a pattern to git: others may end like it.
  const rows = listed.value.split("\n").map((line) => line.split("\t"));
  const hash = rows.find(([, name]) => name === ref)?.[0];
  return ok(hash as CommitId | undefined);
}

function fetchBranch(
  { address, store }: PublishTarget,
  branch: string,
  retry: RetryOptions,
): Promise<Result<string>> {
  const quietly = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules"];
  const refspec = `+refs/heads/${branch}:refs/skein-append/${branch}`;
  const args = ["fetch", ...quietly, "--", locationOf(address), refspec];
  return reach(gitFor(address, store), args, { retry });
}

/** In memory, as everything that Skein merges. */
async function rebaseOnto(
  { store, base, commit, repo }: PublishTarget,
  onto: CommitId,
): Promise<Result<CommitId>> {
  const git = createGit(store);
  const read = await git.run(["cat-file", "commit", commit]);
  if (!read.ok) return read;
  const text = parseCommit(read.value);
  const write = ({
    tree,
    parents,
    message,
  }: {
    tree: TreeId;
    parents: readonly CommitId[];
    message: string;
  }): Promise<Result<CommitId>> =>
    writeCommit(git, { ...text, tree, parents, message }, { sign: false });
  const parts = { git, lineage: createLineage(), commit: write };
  const merged = await mergeCommits(parts, { base, ours: onto, theirs: commit });
  if (!merged.ok) return merged;
  if (merged.value.kind === "conflict") {
    const files = merged.value.files
      .slice(0, 5)
      .map(({ path }) => path)
      .join(", ");
    return err(
      failure("conflict", `${repo}: the change does not fit on top of the branch: ${files}`, {
        hint: "if-exists: replace, or another branch",
      }),
    );
  }
  const before = await git.run(["rev-parse", "--verify", `${onto}^{tree}`]);
  if (!before.ok) return before;
  if (before.value.trim() === merged.value.tree) return ok(onto);
  return write({ tree: merged.value.tree, parents: [onto], message: text.message });
}

function refused(
  { repo }: PublishTarget,
  branch: string,
  error: ReturnType<typeof failure>,
): ReturnType<typeof failure> {
  const said = `${error.message} ${error.detail ?? ""}`;
  if (!/stale info|non-fast-forward|fetch first|\[rejected\]/.test(said)) return error;
  return failure("git", `${repo}: somebody pushed to ${branch} meanwhile; it was left as it is`, {
    detail: error.detail,
    hint: "run again: what is there now is looked at first",
  });
}
