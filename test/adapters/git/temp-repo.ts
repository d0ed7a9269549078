import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { openWorkspace, type OpenedWorkspace } from "../../../src/adapters/git/open-workspace.ts";
import type { CommitId, RunId } from "../../../src/model/ids.ts";
import type { Result } from "../../../src/model/result.ts";

/** A real repository in a folder of its own, gone when the test ends. */
export interface TempRepo extends Disposable {
  readonly path: string;
  /** The folder above: for what must lie beside the repository. */
  readonly parent: string;
  git(...args: readonly string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  commit(files: Readonly<Record<string, string>>): CommitId;
  open(): Promise<OpenedWorkspace>;
}

/** Git with a fixed person, whatever the machine's settings say. */
export function gitIn(cwd: string, ...args: readonly string[]): string {
  const person = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  return execFileSync("git", [...person, ...args], { cwd, encoding: "utf8", stdio: "pipe" });
}

/** Not in /tmp: the sandbox has its own there. */
export function tempFolder(): string {
  return realpathSync(mkdtempSync("/var/tmp/skein-test-"));
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export function tempRepo(initArgs: readonly string[] = []): TempRepo {
  const parent = tempFolder();
  const path = join(parent, "repo");
  mkdirSync(path);
  gitIn(path, "init", "--quiet", "--initial-branch=main", ...initArgs);
  const git = (...args: readonly string[]): string => gitIn(path, ...args);
  const write = (files: Readonly<Record<string, string>>): void => writeFiles(path, files);
  return {
    path,
    parent,
    git,
    write,
    commit: (files) => {
      write(files);
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message=change");
      return git("rev-parse", "HEAD").trim() as CommitId;
    },
    open: async () =>
      valueOf(
        await openWorkspace({
          repo: path,
          run: "r1" as RunId,
          worktreesDir: join(parent, "worktrees"),
        }),
      ),
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  };
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.message} ${result.error.detail ?? ""}`);
  return result.value;
}
