import { existsSync } from "node:fs";
import { lstat, mkdir, readlink, rm, symlink } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import { execa } from "execa";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

/**
 * Folders inside node_modules that tools write to while they run. The sandbox mounts node_modules read-only, because
 * a hard link written through would change the user's own file; these stay writable, as real folders of the worktree.
 */
export const writableCaches = [".cache", ".vite", ".vite-temp"] as const;

/**
 * Gives a worktree the dependencies that are installed in `from`: every `node_modules` beside a tracked package.json.
 *
 * Folders are real, files are hard links (or copies), symlinks are recreated as they are: a workspace link such as
 * `node_modules/@x/core -> ../../packages/core` then points into the worktree. A linked node_modules folder would make
 * it point into the user's checkout, whose tests stay green whatever an agent breaks.
 */
export async function linkDependencies(options: {
  readonly from: string;
  readonly to: string;
  readonly packageFolders: readonly string[];
  readonly how: "hardlink" | "copy";
}): Promise<Result<readonly string[]>> {
  const linked: string[] = [];
  for (const folder of options.packageFolders) {
    const source = join(options.from, folder, "node_modules");
    const target = join(options.to, folder, "node_modules");
    if (!existsSync(source) || existsSync(target)) continue;
    if ((await lstat(source)).isSymbolicLink()) continue;
    const copied = await copyTree(source, target, options.how);
    if (!copied.ok) return copied;
    await freshCaches(target);
    await rewriteAbsoluteLinks({ ...options, target });
    linked.push(target);
  }
  return ok(linked);
}

/** One `cp` a folder: tens of thousands of files are linked in one process instead of one system call each from here. */
async function copyTree(
  source: string,
  target: string,
  how: "hardlink" | "copy",
): Promise<Result<void>> {
  await mkdir(dirname(target), { recursive: true });
  const flags = how === "hardlink" ? ["-a", "--link"] : ["-a", "--reflink=auto"];
  const done = await execa("cp", [...flags, "--", source, target], {
    reject: false,
    stdin: "ignore",
  });
  if (done.exitCode === 0) return ok(undefined);
  // Hard links cannot cross file systems; a copy can.
  if (how === "hardlink") {
    await rm(target, { recursive: true, force: true });
    return copyTree(source, target, "copy");
  }
  return err(
    failure(
      "setup",
      `the dependencies of ${source} could not be copied: ${done.stderr.trim().split("\n")[0]}`,
      {
        hint: "free some disk space, or set workspace.deps: none when the task needs no dependencies",
      },
    ),
  );
}

async function freshCaches(target: string): Promise<void> {
  for (const name of writableCaches) {
    await rm(join(target, name), { recursive: true, force: true });
    await mkdir(join(target, name));
  }
}

/** A link that names the source checkout by its absolute path would lead an agent straight into it. */
async function rewriteAbsoluteLinks(options: {
  readonly from: string;
  readonly to: string;
  readonly target: string;
}): Promise<void> {
  const { from, to, target } = options;
  const found = await execa("find", [target, "-type", "l", "-lname", "/*", "-print0"], {
    reject: false,
    stdin: "ignore",
  });
  for (const link of found.stdout.split("\0").filter((path) => path !== "")) {
    const goal = await readlink(link);
    if (goal !== from && !goal.startsWith(`${from}${sep}`)) continue;
    await rm(link);
    await symlink(relative(dirname(link), join(to, relative(from, goal))), link);
  }
}
