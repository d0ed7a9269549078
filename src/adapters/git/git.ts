import { gitTrouble, errnoTrouble } from "../../core/surroundings/errno-trouble.ts";
import { heldLock, lockTrouble, lockWaitsMs } from "../../core/surroundings/held-lock.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Clock } from "../../ports/clock.ts";
import { type ProgramEnd, runProgram } from "../helper/run-program.ts";
import { systemClock } from "../system-clock.ts";
import { gitEnvironment, remoteGitEnvironment, type Scheme } from "./git-environment.ts";

/** Runs git in one repository; the environment and the configuration are ours, not the repository's. */
export interface Git {
  /** Variables every call gets; for the one long-lived git process that does not go through `run`. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Standard output as text; a non-zero exit is a Failure with what git said. */
  run(args: readonly string[], options?: GitOptions): Promise<Result<string>>;
  /** For commands whose exit code is an answer. */
  try(args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
}

export interface GitOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Longest it may take, in milliseconds. */
  readonly timeoutMs?: number;
}

export type GitAnswer = ProgramEnd;

/** `config` is added to the settings that keep a hostile repository's own from running anything. */
export function createGit(
  cwd: string,
  config: Readonly<Record<string, string>> = {},
  clock: Pick<Clock, "sleep"> = systemClock,
): Git {
  return gitWith(cwd, gitEnvironment(config), clock);
}

/** Git that may reach a server, over the one transport named; only for git folders that Skein alone writes. */
export function createRemoteGit(cwd: string, scheme: Scheme): Git {
  return gitWith(cwd, remoteGitEnvironment(scheme), systemClock);
}

function gitWith(
  cwd: string,
  env: Readonly<Record<string, string>>,
  clock: Pick<Clock, "sleep">,
): Git {
  const answer = (args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> => {
    const { signal, env: more, ...rest } = options;
    return runProgram({ file: "git", args, cwd, ...rest, env: { ...env, ...more } }, signal);
  };
  return {
    env,
    cwd,
    try: answer,
    run: async (args, options) => {
      // A lock is mostly held for a moment, by the user's own git beside us.
      for (const waitMs of [...lockWaitsMs, undefined]) {
        const { exitCode, stdout, stderr } = await answer(args, options);
        if (exitCode === 0) return ok(stdout);
        if (waitMs === undefined || heldLock(stderr) === undefined)
          return err(gitFailure(args, stderr));
        await clock.sleep(waitMs);
      }
      throw new Error("Internal error: the last wait is none");
    },
  };
}

/** What to do about the troubles that are nobody's bug. */
const hints: readonly { readonly sign: RegExp; readonly hint: string }[] = [
  {
    sign: /promisor|lazy fetching disabled|transport '.*' not allowed/,
    hint: "this is a partial clone, and Skein does not fetch: git fetch --refetch first",
  },
];

function gitFailure(args: readonly string[], stderr: string): Failure {
  const lock = heldLock(stderr);
  if (lock !== undefined) return lockTrouble(lock);
  const trouble = gitTrouble(stderr) ?? errnoTrouble(new Error(stderr));
  if (trouble !== undefined) return { ...trouble, message: `git ${args[0]}: ${trouble.message}` };
  const said = stderr
    .trim()
    .split("\n")
    .slice(-3)
    .join(" ")
    .replace(/^(fatal|error): /, "");
  const hint = hints.find(({ sign }) => sign.test(stderr))?.hint;
  return failure("git", `git ${args[0]}: ${said === "" ? "failed" : said}`, { hint });
}
