import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { ok, type Result } from "../../model/result.ts";
import { folderAt } from "../folder-at.ts";
import { createGit } from "../git/git.ts";
import { resolveCommit } from "../git/refs.ts";

/**
 * Where tasks of a batch run work that name no repository: the one it was started in; or, outside of any, an empty one
 * that is made in `.skein`, so that plans mean the same everywhere.
 */
export async function openHome(folder: string): Promise<Result<string>> {
  const there = folderAt(folder);
  if (!there.ok) return there;
  if ((await resolveCommit(createGit(folder), "HEAD")).ok) return ok(folder);
  const path = join(folder, ".skein", "home");
  await mkdir(path, { recursive: true, mode: 0o700 });
  const git = createGit(path);
  const made = await git.run(["init", "--quiet", "--template=", "--initial-branch=main"]);
  if (!made.ok) return made;
  if ((await resolveCommit(git, "HEAD")).ok) return ok(path);
  const person = ["-c", "user.name=Skein", "-c", "user.email=skein@localhost"];
  const commit = ["commit", "--quiet", "--allow-empty", "--no-verify", "--message=Empty"];
  const committed = await git.run([...person, ...commit]);
  return committed.ok ? ok(path) : committed;
}
