import type { PlanFile, TaskFile } from "../../model/plan-file.ts";
import type { CloneSpec, Task } from "../../model/plan.ts";
import type { RepoSpec } from "../../model/repo.ts";
import type { ReposFile } from "../../model/repos-file.ts";

/** A list alone and a map that holds one mean the same. */
export function toRepos(written: ReposFile): RepoSpec {
  const {
    list = [],
    file,
    query,
    via = "gh",
    include = [],
    exclude = [],
    lock,
  } = Array.isArray(written) ? { list: written } : written;
  return {
    list: list.map((entry) => {
      if (typeof entry === "string") return { text: entry };
      const { repo, base } = entry;
      return { text: repo, ...(base === undefined ? {} : { base }) };
    }),
    ...(file === undefined ? {} : { file }),
    ...(query === undefined ? {} : { query }),
    via,
    include,
    exclude,
    ...(lock === undefined ? {} : { lock }),
  };
}

export function toClone({
  cache,
  filter,
  depth,
  "per-host": perHost,
}: NonNullable<PlanFile["clone"]>): CloneSpec {
  return {
    ...(perHost === undefined ? {} : { perHost }),
    ...(cache === undefined ? {} : { cache }),
    ...(filter === undefined ? {} : { filter }),
    ...(depth === undefined ? {} : { depth }),
  };
}

/** Without `repo`, a task works where the run was started. */
export function toTaskRepository(workspace: TaskFile["workspace"]): Pick<Task, "repository"> {
  const { repo, setup } = workspace ?? {};
  if (repo === undefined) return {};
  return { repository: { repo, ...(setup === undefined ? {} : { setup }) } };
}
