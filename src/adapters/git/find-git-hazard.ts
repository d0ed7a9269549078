import { execFileSync } from "node:child_process";
import { lstatSync } from "node:fs";
import { dirname, join } from "node:path";

import {
  gitHazardOf,
  type GitSetting,
  submoduleHazardOf,
} from "../../core/shell/git/git-hazard.ts";
import { gitEnvironment } from "./git-environment.ts";

interface Known {
  /** Files and folders whose change may change the answer. */
  readonly watched: readonly string[];
  readonly state: string;
  readonly hazard: string | undefined;
}

/** A configuration that is larger says something else than how to read a repository. */
const outputBytesMax = 1024 * 1024;
const timeoutMs = 5000;

/**
 * Why git cannot be neutralised in a folder, read from git itself and kept until a configuration file, or which
 * repository the folder belongs to, changes. Synchronous, as judging is; a first look takes up to five short git processes.
 */
export function createGitHazards(): (cwd: string) => string | undefined {
  const known = new Map<string, Known>();
  return (cwd) => {
    const before = known.get(cwd);
    if (before !== undefined && stateOf(before.watched) === before.state) return before.hazard;
    const { hazard, files } = readHazard(cwd);
    const watched = [...files, ...repositoryMarks(cwd)];
    known.set(cwd, { watched, state: stateOf(watched), hazard });
    return hazard;
  };
}

function readHazard(cwd: string): {
  readonly hazard: string | undefined;
  readonly files: readonly string[];
} {
  try {
    const [gitDir = "", commonDir = "", up] = git(
      cwd,
      "rev-parse",
      "--path-format=absolute",
      "--git-dir",
      "--git-common-dir",
      "--show-cdup",
    ).split("\n");
    const files = [gitDir, commonDir].flatMap((folder) => [
      join(folder, "config"),
      join(folder, "config.worktree"),
    ]);
    const settings = parsed(git(cwd, "config", "--list", "--includes", "--show-scope", "-z"));
    const modules = join(cwd, up ?? "", ".gitmodules");
    return {
      hazard: gitHazardOf(settings) ?? submoduleHazardOf(submoduleSettings(cwd, modules)),
      files: [...files, modules, join(gitDir, "index"), join(gitDir, "HEAD")],
    };
  } catch (error) {
    // Outside any repository git has nothing to run; whatever else keeps it from answering is not looked into.
    const said = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    return /not a git repository/.test(said)
      ? { hazard: undefined, files: [] }
      : { hazard: "git cannot read this repository's configuration", files: [] };
  }
}

/** What git would read of `.gitmodules`: the file, or else the index's, or else the last commit's. */
function submoduleSettings(cwd: string, file: string): readonly GitSetting[] {
  const from =
    lstatSync(file, { throwIfNoEntry: false }) === undefined
      ? [":.gitmodules", "HEAD:.gitmodules"].find((blob) => isThere(cwd, blob))
      : file;
  if (from === undefined) return [];
  const source = from === file ? "--file" : "--blob";
  return parsed(git(cwd, "config", source, from, "--list", "--show-scope", "-z"));
}

function isThere(cwd: string, blob: string): boolean {
  try {
    git(cwd, "cat-file", "-e", blob);
    return true;
  } catch {
    return false;
  }
}

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync("git", args, {
    cwd,
    env: gitEnvironment({}),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: outputBytesMax,
    timeout: timeoutMs,
  });
}

/** `scope NUL key newline value NUL`; a key without a value has no newline. */
function parsed(output: string): readonly GitSetting[] {
  const fields = output.split("\0");
  const settings: GitSetting[] = [];
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [key = "", ...value] = (fields[index + 1] ?? "").split("\n");
    settings.push({ scope: fields[index] ?? "", key, value: value.join("\n") });
  }
  return settings;
}

/** What would make this folder, or one above it, a repository of its own: a `.git`, or a bare one's HEAD. */
function repositoryMarks(cwd: string): readonly string[] {
  const marks: string[] = [];
  for (let folder = cwd; ; folder = dirname(folder)) {
    marks.push(join(folder, ".git"), join(folder, "HEAD"));
    if (folder === dirname(folder)) return marks;
  }
}

function stateOf(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const stat = lstatSync(path, { bigint: true, throwIfNoEntry: false });
      // A folder's own times move with every commit; which folder it is matters.
      if (stat === undefined) return "-";
      return stat.isDirectory() ? `${stat.ino}` : `${stat.ino} ${stat.size} ${stat.ctimeNs}`;
    })
    .join("\n");
}
