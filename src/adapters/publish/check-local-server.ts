import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import { failure } from "../../model/failure.ts";
import type { RepoAddress } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { createGit } from "../git/git.ts";

/** Settings of the receiving side that name no program; whatever else is set may. */
const harmless =
  /^(?:core\.(?:repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks|sharedrepository|compression)|extensions\.objectformat|(?:remote|branch|user)\..*|receive\.(?:deny\w+|fsckobjects)|uploadpack\.allow\w+|gc\.auto)$/;

/**
 * A push to a folder of this machine runs the hooks and the programs that the repository there names, as the person and
 * outside of the sandbox; a repository can bring such a folder along, and name it as its origin or in a list. One that
 * names any is not pushed to: neither are its programs run, nor is what they may forbid passed by.
 */
export async function checkLocalServer(address: RepoAddress): Promise<Result<void>> {
  const path = pathOf(address);
  if (path === undefined) return ok(undefined);
  // All that git takes the folder's name for.
  for (const folder of [path, join(path, ".git"), `${path}.git`, join(`${path}.git`, ".git")]) {
    const named = await programOf(folder);
    if (named !== undefined)
      return err(
        failure("git", `${path} is not pushed to: it would run ${named}`, {
          hint: "push by hand, or via: patch; or remove that, if the repository is yours",
        }),
      );
  }
  return ok(undefined);
}

function pathOf(address: RepoAddress): string | undefined {
  if (address.kind === "folder") return address.path;
  // Of a file URL, as git decodes it.
  return address.host === "" ? address.path : undefined;
}

async function programOf(folder: string): Promise<string | undefined> {
  const info = await lstat(folder).catch(() => undefined);
  if (info === undefined) return undefined;
  if (info.isFile()) return `what ${folder} leads to`;
  const hooks = await readdir(join(folder, "hooks")).catch(() => []);
  const hook = hooks.find((name) => !name.endsWith(".sample"));
  if (hook !== undefined) return `its hook ${hook}`;
  for (const name of ["config", "config.worktree"]) {
    const file = join(folder, name);
    if ((await lstat(file).catch(() => undefined)) === undefined) continue;
    const args = ["config", "--file", file, "--no-includes", "--name-only", "-z", "--list"];
    const read = await createGit("/").try(args);
    if (read.exitCode !== 0) return `what ${file} says, which git cannot read`;
    const odd = read.stdout.split("\0").find((key) => key !== "" && !harmless.test(key));
    if (odd !== undefined) return `what ${odd} of its settings may name`;
  }
  return undefined;
}
