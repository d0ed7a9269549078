import { tmpdir } from "node:os";

import pLimit from "p-limit";

import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import type { Repo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { lookUpRemote, type RetryOptions } from "../git/remote.ts";

/** Servers asked at a time. */
const askingMax = 8;

/** Asks the servers what the bases of repositories are now; what cannot be told is told of all together. */
export async function pinRepos(
  repos: readonly Repo[],
  retry: RetryOptions,
): Promise<Result<readonly Repo[]>> {
  const inTurn = pLimit(askingMax);
  const answers = await Promise.all(repos.map((repo) => inTurn(() => pinOne(repo, retry))));
  const wrong = answers.flatMap((one) => (one.ok ? [] : [one.error]));
  if (wrong.length === 0) return ok(answers.flatMap((one) => (one.ok ? [one.value] : [])));
  return err(
    failure("git", `${wrong.length} of ${repos.length} repositories could not be locked`, {
      detail: wrong.join("\n"),
      hint: "nothing was written; leave them out with exclude:, or try again",
    }),
  );
}

async function pinOne(repo: Repo, retry: RetryOptions): Promise<Result<Repo, string>> {
  const { base, address, name } = repo;
  if (base !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(base)) {
    return ok({ ...repo, commit: base as CommitId });
  }
  const head = await lookUpRemote(address, base, { cwd: tmpdir(), retry });
  if (!head.ok) return err(`${name}: ${head.error.message}`);
  return head.value === undefined
    ? err(`${name}: ${base === undefined ? "it has no commit yet" : `it has no ${base}`}`)
    : ok({ ...repo, commit: head.value.commit });
}
