import {
  findLine,
  hostedRepoOf,
  openLine,
  readFound,
  readOpened,
  type ToolLine,
} from "../../core/publish/pull-request.ts";
import { closeLine, readStanding, standingLine } from "../../core/publish/pull-standing.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { PullRequests } from "../../ports/publishing.ts";
import { type RetryOptions, whilePassing } from "../git/remote.ts";
import { runTool } from "../hosting/run-tool.ts";

/** Pull requests through the person's own `gh` or `glab`. */
export function createPullRequests(retry: RetryOptions): PullRequests {
  return {
    find: async ({ address }, wish) => {
      const listed = await call(findLine(hostedRepoOf(address, wish), wish.branch), retry);
      if (!listed.ok) return listed;
      const found = readFound(listed.value, wish.branch);
      return found === undefined
        ? err(notUnderstood(listed.value, wish.via))
        : ok(found.find(({ isOpen }) => isOpen)?.url);
    },
    open: async ({ address, baseBranch }, wish) => {
      const opened = await call(openLine(hostedRepoOf(address, wish), wish, baseBranch), {
        ...retry,
        // Whether one was opened is not known when the answer is lost: the caller looks again first.
        max: 0,
      });
      if (!opened.ok) return opened;
      const url = readOpened(opened.value);
      return url === undefined ? err(notUnderstood(opened.value, wish.via)) : ok(url);
    },
    standing: async (url) => {
      const line = standingLine(url);
      if (line === undefined) return err(notAPull(url));
      const viewed = await call(line, retry);
      if (!viewed.ok) return viewed;
      const standing = readStanding(viewed.value);
      return standing === undefined ? err(notUnderstood(viewed.value, line.argv[0])) : ok(standing);
    },
    close: async (url) => {
      const line = closeLine(url);
      if (line === undefined) return err(notAPull(url));
      const closed = await call(line, retry);
      return closed.ok ? ok(undefined) : closed;
    },
  };
}

/** Servers that limit how fast pull requests come say so; they are asked again after longer waits. */
async function call({ argv, input }: ToolLine, retry: RetryOptions): Promise<Result<string>> {
  const more = input === undefined ? {} : { input };
  const asked = { argv, ...more, signal: retry.signal };
  const answer = await whilePassing(retry, () => runTool(asked));
  if (!answer.ok) return answer;
  const { exitCode, stdout, stderr } = answer.value;
  return exitCode === 0 ? ok(stdout) : err(toolFailure(argv, stderr));
}

function toolFailure([tool = "", ...args]: readonly string[], stderr: string): Failure {
  const said = stderr.trim().split("\n").slice(-3).join(" ");
  return failure("command", `${tool} ${args.slice(0, 2).join(" ")}: ${said || "failed"}`, {
    hint: `see ${tool} auth status; the branch is pushed, and running again goes on from there`,
  });
}

function notAPull(url: string): Failure {
  return failure("usage", `${url} is neither a pull request of gh nor a merge request of glab`);
}

function notUnderstood(output: string, tool = ""): Failure {
  return failure("command", `what ${tool} printed is not understood`, {
    detail: output.slice(0, 500),
  });
}
