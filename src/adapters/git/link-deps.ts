import { existsSync, lstatSync, realpathSync } from "node:fs";
import { mkdir, readdir, readlink, rm, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type ProgramCall, runProgram } from "../helper/run-program.ts";
import { writableCaches } from "../writable-caches.ts";
import { removeTree } from "./remove-tree.ts";

/** Names given to one `cp`, so that a long list of packages fits on its command line. */
const namesMax = 2_000;

interface DependencyLinks {
  /** Top of the tree whose dependencies are installed. */
  readonly from: string;
  /** Top of the worktree. */
  readonly to: string;
  /** Folders, relative to both, that may have a `node_modules`. */
  readonly packageFolders: readonly string[];
  readonly how: "hardlink" | "copy";
}

/**
 * Gives a worktree the dependencies that are installed in `from`; returns how many `node_modules` it has got.
 *
 * Folders are real, files are hard links (or copies), symlinks are recreated: a workspace link such as
 * `node_modules/@x/core -> ../../packages/core` then points into the worktree. A linked node_modules folder would make
 * it point into the user's checkout, whose tests stay green whatever an agent breaks.
 */
export async function linkDependencies(links: DependencyLinks): Promise<Result<number>> {
  let count = 0;
  for (const folder of links.packageFolders) {
    const source = join(links.from, folder, "node_modules");
    const target = join(links.to, folder, "node_modules");
    if (!existsSync(source) || !existsSync(dirname(target)) || isThere(target)) continue;
    try {
      await linkFolder(source, target, links.how);
      await mendLinks(links, source, target);
      count += 1;
    } catch (error) {
      await removeTree(target);
      return err(linkFailure(source, error));
    }
  }
  return ok(count);
}

/** Also when it is a link that leads nowhere: a repository may have committed one. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** A few `cp` a folder: tens of thousands of files are linked without a system call each from this thread. */
async function linkFolder(
  source: string,
  target: string,
  how: DependencyLinks["how"],
): Promise<void> {
  await mkdir(target);
  const entries = (await readdir(source)).filter((name) => !writableCaches.has(name));
  for (let at = 0; at < entries.length; at += namesMax) {
    const names = entries.slice(at, at + namesMax).map((name) => `./${name}`);
    await copyEntries(source, target, { names, how });
  }
  for (const name of writableCaches) await mkdir(join(target, name));
}

async function copyEntries(
  source: string,
  target: string,
  { names, how }: { readonly names: readonly string[]; readonly how: DependencyLinks["how"] },
): Promise<void> {
  const copy = ["-a", "--reflink=auto", "-t", target, "--", ...names];
  if (how === "hardlink") {
    try {
      await run({ file: "cp", args: ["-a", "--link", "-t", target, "--", ...names], cwd: source });
      return;
    } catch {
      // Another file system, or files of another user: what was linked so far goes, and copies take its place.
      await Promise.all(
        names.map((name) => rm(join(target, name), { recursive: true, force: true })),
      );
    }
  }
  await run({ file: "cp", args: copy, cwd: source });
}

/**
 * Symlinks that would mean something else in the worktree: an absolute one into the source tree must lead into the
 * worktree instead, a relative one out of the source tree must still find what it found.
 */
async function mendLinks(links: DependencyLinks, source: string, target: string): Promise<void> {
  const found = await run({ file: "find", args: [target, "-type", "l", "-print0"] });
  for (const link of found.split("\0").filter((path) => path !== "")) {
    const goal = await readlink(link);
    const original = join(source, relative(target, link));
    const leadsTo = isAbsolute(goal) ? realOrSame(goal) : resolve(dirname(original), goal);
    const inside = leadsTo === links.from || leadsTo.startsWith(links.from + sep);
    if (inside !== isAbsolute(goal)) continue;
    const mended = inside
      ? relative(dirname(link), join(links.to, relative(links.from, leadsTo)))
      : leadsTo;
    await rm(link);
    await symlink(mended, link);
  }
}

/** What it prints; rejects with what it said when it fails. */
async function run(call: ProgramCall): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(call);
  if (exitCode !== 0) throw new Error(stderr);
  return stdout;
}

/** The source tree is known by its real path; a link may name it by another. */
function realOrSame(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function linkFailure(source: string, error: unknown): ReturnType<typeof failure> {
  const said = error instanceof Error ? (error.message.trim().split("\n").at(-1) ?? "") : "";
  return failure("setup", `the dependencies in ${source} could not be copied: ${said}`, {
    hint: "free some disk space, or set workspace.deps: none when the task needs no dependencies",
  });
}
