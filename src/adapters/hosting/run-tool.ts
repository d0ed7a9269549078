import { execFile } from "node:child_process";
import { tmpdir } from "node:os";

import { isTokensHost } from "../../core/publish/token-host.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { inherited, networkNames } from "../git/git-environment.ts";

/** Most that one call may print, in bytes: a thousand repositories as JSON still fit. */
const outputBytesMax = 64 * 1024 * 1024;
const callMs = 5 * 60_000;

/** No questions, no colours, no notes about newer versions. */
const quiet = {
  GH_PROMPT_DISABLED: "1",
  GH_NO_UPDATE_NOTIFIER: "1",
  GLAB_CHECK_UPDATE: "false",
  NO_PROMPT: "1",
  NO_COLOR: "1",
  CLICOLOR: "0",
};

export interface ToolCall {
  /** The program and its arguments; none of them is ever shell text. */
  readonly argv: readonly string[];
  readonly input?: string;
  /** Default: a folder that belongs to no repository. */
  readonly cwd?: string;
  readonly signal?: AbortSignal;
}

export interface ToolAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `gh` or `glab`, the person's own; a Failure when it is not there. What it answers is for the caller to judge. */
export function runTool({ argv, input, cwd, signal }: ToolCall): Promise<Result<ToolAnswer>> {
  const [tool = "", ...args] = argv;
  const settings = {
    cwd: cwd ?? tmpdir(),
    env: { ...inherited(namesFor(argv)), ...quiet },
    maxBuffer: outputBytesMax,
    timeout: callMs,
    ...(signal === undefined ? {} : { signal }),
  };
  return new Promise((resolve) => {
    const child = execFile(tool, args, settings, (error, stdout, stderr) => {
      if (error === null) return resolve(ok({ exitCode: 0, stdout, stderr }));
      if (typeof error.code === "number")
        return resolve(ok({ exitCode: error.code, stdout, stderr }));
      return resolve(err(notRun(tool, error)));
    });
    // One that ends before it has read everything says why by its exit code.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

function namesFor(argv: readonly string[]): readonly string[] {
  return argv[0] !== "glab" || isTokensHost(argv, process.env["GITLAB_HOST"])
    ? networkNames
    : networkNames.filter((name) => name !== "GITLAB_TOKEN");
}

function notRun(tool: string, error: Error & { readonly code?: unknown }): Failure {
  return error.code === "ENOENT"
    ? failure("usage", `${tool} is not installed`, {
        hint: `install it and log in, or do without: a list in a file, patches instead of pull requests`,
      })
    : failure("io", `${tool} did not finish: ${error.message}`);
}
