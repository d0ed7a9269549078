import { lstat } from "node:fs/promises";
import { resolve } from "node:path";

import { fileAnchor } from "../../core/daemon/proposals.ts";
import type { Anchor, KeptProposal } from "../../model/proposal.ts";
import { createGit, type Git } from "../git/git.ts";
import { resultStanding } from "../git/result-standing.ts";
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
      return (await resultStanding(git, anchor)) !== "waiting";
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
