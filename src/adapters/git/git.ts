import { execa } from "execa";

import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** Runs git in one repository; the environment and the configuration are ours, not the repository's. */
export interface Git {
  /** Standard output as text; a non-zero exit is a Failure with what git said. */
  run(args: readonly string[], options?: GitOptions): Promise<Result<string>>;
  /** For commands whose exit code is an answer. */
  try(args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
}

export interface GitOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Settings that could make a hostile repository's configuration run a program, or reach the network, when git is
 * called in it; each is set so that it does nothing. `merge.conflictStyle` shows the reducer the common base.
 */
const neutral: Readonly<Record<string, string>> = {
  "core.hooksPath": "/dev/null",
  "core.fsmonitor": "false",
  "core.sshCommand": "false",
  "core.askPass": "",
  "core.pager": "cat",
  "core.editor": "true",
  "core.alternateRefsCommand": "",
  "credential.helper": "",
  "protocol.allow": "never",
  "diff.external": "",
  "commit.gpgSign": "false",
  "gpg.program": "false",
  "gc.auto": "0",
  "maintenance.auto": "false",
  "submodule.recurse": "false",
  "merge.conflictStyle": "diff3",
  "uploadpack.packObjectsHook": "",
};

export function createGit(cwd: string, extra: Readonly<Record<string, string>> = {}): Git {
  const env = environment({ ...neutral, ...extra });
  async function answer(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
    const done = await execa("git", ["--no-optional-locks", ...args], {
      cwd: options.cwd ?? cwd,
      env: { ...env, ...options.env },
      extendEnv: false,
      reject: false,
      stripFinalNewline: false,
      ...(options.input === undefined ? { stdin: "ignore" } : { input: options.input }),
    });
    if (done.exitCode === undefined) {
      return { exitCode: 127, stdout: "", stderr: done.shortMessage ?? "git could not be started" };
    }
    return { exitCode: done.exitCode, stdout: done.stdout, stderr: done.stderr };
  }
  return {
    try: answer,
    run: async (args, options) => {
      const { exitCode, stdout, stderr } = await answer(args, options);
      return exitCode === 0 ? ok(stdout) : err(gitFailure(args, stderr));
    },
  };
}

function gitFailure(args: readonly string[], stderr: string): ReturnType<typeof failure> {
  const said = stderr
    .trim()
    .split("\n")
    .slice(-3)
    .join(" ")
    .replace(/^(fatal|error): /, "");
  const hint = /No space left/.test(stderr)
    ? "the disk is full; free some room and run again"
    : /\.lock/.test(stderr)
      ? "another git process is at work in this repository, or one was killed: see the lock file it names"
      : undefined;
  return failure("git", `git ${args[0]}: ${said === "" ? "failed" : said}`, { hint });
}

/** Nothing of the caller's GIT_* variables leaks in; identity and global settings come from the user's own files. */
function environment(config: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = ["PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "TMPDIR"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const entries = Object.entries(config);
  return {
    ...Object.fromEntries(kept),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_LITERAL_PATHSPECS: "1",
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
