import { checkRows } from "../../core/repos/check-rows.ts";
import { failure } from "../../model/failure.ts";
import type { ListedRepo, Repo } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { lookAtFolder } from "./look-at-folder.ts";

/** The repositories that a run began with, from its journal: as hostile as any list. */
export function readListed(listed: readonly ListedRepo[]): Result<readonly Repo[]> {
  const rows = listed.map(({ repo, base }) => ({
    text: repo,
    from: "the journal",
    ...(base === undefined ? {} : { base }),
  }));
  const { repos, problems } = checkRows(rows, { folderOf: () => "/", look: lookAtFolder });
  if (problems.length > 0) {
    const detail = problems.map(({ problem }) => problem.message).join("\n");
    return err(
      failure("journal", "repositories of the run are not what they were", {
        detail,
        hint: "put them back where they were, or start the run anew",
      }),
    );
  }
  return ok(
    repos.map((repo, index) => {
      const commit = listed[index]?.commit;
      return commit === undefined ? repo : { ...repo, commit };
    }),
  );
}
