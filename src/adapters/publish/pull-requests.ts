import {
  findLine,
  hostedRepoOf,
  openLine,
  readFound,
  readIsOpen,
  readOpened,
  type ToolLine,
  viewLine,
} from "../../core/publish/pull-request.ts";
import { gitTroubleOf } from "../../core/repos/git-trouble.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { PublishWish } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { PullRequests } from "../../ports/publishing.ts";
import { type RetryOptions } from "../git/remote.ts";
import { runTool } from "../hosting/run-tool.ts";

/** Pull requests through the person's own `gh` or `glab`. */
export function createPullRequests(retry: RetryOptions): PullRequests {
  return {
    find: async ({ address }, wish) => {
      const listed = await call(findLine(hostedRepoOf(address, wish), wish.branch), retry);
      if (!listed.ok) return listed;
      const found = readFound(listed.value, wish.branch);
      return found === undefined
        ? err(notUnderstood(wish, listed.value))
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
      return url === undefined ? err(notUnderstood(wish, opened.value)) : ok(url);
    },
    isOpen: async ({ address }, wish, url) => {
      const viewed = await call(viewLine(hostedRepoOf(address, wish), url), retry);
      if (!viewed.ok) return viewed;
      const isOpen = readIsOpen(viewed.value);
      return isOpen === undefined ? err(notUnderstood(wish, viewed.value)) : ok(isOpen);
    },
  };
}

/** Servers that limit how fast pull requests come say so; they are asked again after longer waits. */
async function call({ argv, input }: ToolLine, retry: RetryOptions): Promise<Result<string>> {
  for (let attempt = 0; ; attempt++) {
    const more = input === undefined ? {} : { input };
    const answer = await runTool({ argv, ...more, signal: retry.signal });
    if (!answer.ok) return answer;
    const { exitCode, stdout, stderr } = answer.value;
    if (exitCode === 0) return ok(stdout);
    const passes = gitTroubleOf(stderr) === "passing";
    if (!passes || attempt === retry.max || retry.signal.aborted) {
      return err(toolFailure(argv, stderr));
    }
    await retry.clock.sleep(retry.backoffMs * 2 ** attempt, retry.signal);
  }
}

function toolFailure([tool = "", ...args]: readonly string[], stderr: string): Failure {
  const said = stderr.trim().split("\n").slice(-3).join(" ");
  return failure("command", `${tool} ${args.slice(0, 2).join(" ")}: ${said || "failed"}`, {
    hint: `see ${tool} auth status; the branch is pushed, and running again goes on from there`,
  });
}

function notUnderstood({ via }: PublishWish, output: string): Failure {
  return failure("command", `what ${via} printed is not understood`, {
    detail: output.slice(0, 500),
  });
}
