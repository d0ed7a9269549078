import { lstat } from "node:fs/promises";
import { resolve } from "node:path";

import { fileAnchor } from "../../core/daemon/proposals.ts";
import type { Anchor, KeptProposal } from "../../model/proposal.ts";
import { createGit, type Git } from "../git/git.ts";
import { hasTaken } from "../git/has-taken.ts";
import { wasRunSince } from "./was-run-since.ts";

/** Which proposals were answered by what happened since: by their ids. What cannot be told counts as still open. */
export async function goneProposals(
  repo: string,
  kept: readonly KeptProposal[],
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  const git = createGit(repo);
  for (const { id, hangsOn } of kept) {
    for (const anchor of hangsOn) {
      if (gone.has(id) || !(await isOtherwise(anchor, { repo, git }))) continue;
      gone.add(id);
    }
  }
  return gone;
}

async function isOtherwise(
  anchor: Anchor,
  { repo, git }: { readonly repo: string; readonly git: Git },
): Promise<boolean> {
  switch (anchor.kind) {
    case "branch":
      return isTaken(anchor, git);
    case "file": {
      const now = await infoOf(resolve(repo, anchor.path));
      if (now === undefined) return false;
      const is = now === "missing" ? undefined : fileAnchor(anchor.path, now);
      return is?.kind !== "file" || is.state !== anchor.state;
    }
    case "not-run":
      return (
        (await infoOf(resolve(repo, anchor.path))) === "missing" ||
        (await wasRunSince(repo, resolve(repo, anchor.path), anchor.since))
      );
    case "latest":
      // The next end of its job sees to that.
      return false;
  }
}

/** Undefined: it cannot be looked at. */
async function infoOf(
  path: string,
): Promise<{ readonly mtimeMs: number; readonly size: number } | "missing" | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? "missing" : undefined;
  }
}

/** Branches of a person's own that are looked into, the newest first. */
const branchesMax = 10;

/** Deleted, or in a branch of the person's own: as it is, squashed, or rebased. */
async function isTaken(
  { branch, commit }: Extract<Anchor, { readonly kind: "branch" }>,
  git: Git,
): Promise<boolean> {
  const named = await git.try(["for-each-ref", "--format=%(refname)", `refs/heads/${branch}`]);
  if (named.exitCode !== 0) return false;
  if (!named.stdout.split("\n").includes(`refs/heads/${branch}`)) return true;
  const holding = await ownBranches(git, [`--contains=${commit}`]);
  if (holding === undefined) return false;
  if (holding.length > 0) return true;
  const made = await git.try(["show", "--no-patch", "--format=%ct", commit]);
  const others =
    (await ownBranches(git, ["--sort=-committerdate", `--no-contains=${commit}`])) ?? [];
  // Nobody took it into what is older than it is.
  const younger = others.filter(({ at }) => at >= Number(made.stdout));
  for (const { ref } of younger.slice(0, branchesMax))
    if (await hasTaken(git, { commit, branch: ref })) return true;
  return false;
}

/** Without Skein's. `at`: when its last commit was made, in seconds. Undefined: git cannot say. */
async function ownBranches(
  git: Git,
  which: readonly string[],
): Promise<readonly { readonly ref: string; readonly at: number }[] | undefined> {
  const format = "--format=%(committerdate:unix) %(refname)";
  const told = await git.try(["for-each-ref", format, ...which, "refs/heads"]);
  if (told.exitCode !== 0) return undefined;
  return told.stdout.split("\n").flatMap((line) => {
    const [at = "", ref = ""] = line.split(" ");
    return ref === "" || ref.startsWith("refs/heads/skein/") ? [] : [{ ref, at: Number(at) }];
  });
}
