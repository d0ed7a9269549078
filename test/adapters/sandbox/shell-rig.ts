import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { OpenedWorkspace } from "../../../src/adapters/git/open-workspace.ts";
import { createShell } from "../../../src/adapters/sandbox/create-shell.ts";
import { detectShellMode } from "../../../src/adapters/sandbox/detect-shell-mode.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { ShellCommand, ShellOutcome } from "../../../src/ports/shell.ts";
import type { Worktree } from "../../../src/ports/workspace.ts";
import { type TempRepo, tempRepo, valueOf } from "../git/temp-repo.ts";

/** A real repository, a worktree of it, and a shell that runs commands there. */
export interface ShellRig extends AsyncDisposable {
  readonly repo: TempRepo;
  readonly workspace: OpenedWorkspace;
  readonly base: CommitId;
  readonly worktree: Worktree;
  readonly home: string;
  readonly outDir: string;
  run(script: string, options?: Partial<ShellCommand>, signal?: AbortSignal): Promise<ShellOutcome>;
  /** What a command printed, with its exit code in front when that is not 0. */
  output(script: string, options?: Partial<ShellCommand>): Promise<string>;
}

export async function shellRig(
  options: {
    readonly mode?: "bubblewrap" | "unsandboxed";
    readonly prepare?: (repo: TempRepo) => void;
    readonly deps?: "hardlink" | "copy";
    readonly parentEnv?: Readonly<Record<string, string>>;
  } = {},
): Promise<ShellRig> {
  const { mode = "bubblewrap", prepare, deps, parentEnv } = options;
  const found = await detectShellMode({ unsandboxed: mode === "unsandboxed" });
  if (found.mode !== mode) throw new Error(`these tests need bubblewrap: ${found.reason}`);
  const repo = tempRepo();
  prepare?.(repo);
  const base = repo.commit({ ".gitignore": "node_modules\n", "a.txt": "a\n" });
  const workspace = await repo.open();
  const worktree = valueOf(await workspace.open(base, { name: "unit", deps: deps ?? "none" }));
  const [home, outDir] = [join(repo.parent, "home"), join(repo.parent, "out")];
  mkdirSync(home);
  mkdirSync(outDir);
  const path = process.env["PATH"] ?? "";
  const shell = createShell({
    mode,
    policy: { gitDir: workspace.commonDir, checkout: workspace.repo, home, path },
    parentEnv: { PATH: path, ...parentEnv },
  });
  const rig: ShellRig = {
    repo,
    workspace,
    base,
    worktree,
    home,
    outDir,
    run: (script, command = {}, signal = new AbortController().signal) => {
      const rest = {
        args: [],
        cwd: worktree.path,
        outDir,
        env: {},
        timeoutMs: 20_000,
        projectWritable: true,
        network: false,
      };
      return shell.run({ script, ...rest, ...command }, signal);
    },
    output: async (script, command) => {
      const outcome = await rig.run(script, command);
      if (outcome.kind === "refused") return `refused: ${outcome.reason}`;
      const state = outcome.kind === "exited" ? outcome.exitCode : outcome.kind;
      return `${state === 0 ? "" : `[${state}] `}${outcome.output}`.trim();
    },
    [Symbol.asyncDispose]: async () => {
      await workspace[Symbol.asyncDispose]();
      repo[Symbol.dispose]();
    },
  };
  return rig;
}

/** Processes of the whole machine whose command line holds `text`. */
export function processesWith(text: string, pids: readonly string[]): readonly string[] {
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "latin1").includes(text);
    } catch {
      return false;
    }
  });
}
