import {
  accessSync,
  constants,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  statSync,
} from "node:fs";
import { isAbsolute, join } from "node:path";

import type { PathEntry, ShellScene } from "../../core/shell/shell-scene.ts";
import { createGitHazards } from "../git/find-git-hazard.ts";

/** The real machine as the judge of shell text sees it. Nothing is kept but what git was asked: files change under us. */
export function openShellScene(options: {
  readonly root: string;
  readonly home: string;
  /** `PATH` that commands get. */
  readonly path: string;
  readonly readable?: readonly string[];
}): Omit<ShellScene, "cwd"> {
  const root = realOrSame(options.root);
  const folders = options.path.split(":").filter((folder) => isAbsolute(folder));
  const found = new Map<string, string | undefined>();
  return {
    root,
    readable: (options.readable ?? []).map(realOrSame),
    home: options.home,
    look,
    list: (path) => {
      try {
        return readdirSync(path);
      } catch (error) {
        return isMissing(error) ? [] : undefined;
      }
    },
    locate: (program) => {
      if (!found.has(program)) found.set(program, locate(program, folders, root));
      return found.get(program);
    },
    gitHazard: createGitHazards(),
  };
}

function look(path: string): PathEntry {
  try {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) return { kind: "link", target: readlinkSync(path) };
    if (entry.isDirectory()) return { kind: "folder" };
    return entry.isFile() ? { kind: "file", links: entry.nlink } : { kind: "other" };
  } catch (error) {
    return isMissing(error) ? { kind: "missing" } : { kind: "other" };
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/**
 * As PATH finds it; a program of the project itself is never the one that is known by that name. One that is not
 * installed cannot run, so it is as harmless as the real one.
 */
function locate(program: string, folders: readonly string[], root: string): string | undefined {
  for (const folder of folders) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      if (!statSync(path).isFile()) continue;
      const real = realpathSync(path);
      return real.startsWith(`${root}/`) || path.startsWith(`${root}/`) ? undefined : real;
    } catch {
      // Not in this folder.
    }
  }
  return join("/usr/bin", program);
}

function realOrSame(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
