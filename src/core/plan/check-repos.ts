import type { Diagnostic } from "../../model/diagnostic.ts";
import type { PlanFile } from "../../model/plan-file.ts";
import type { RepoRow } from "../../model/repo.ts";
import { ok } from "../../model/result.ts";
import { checkRows } from "../repos/check-rows.ts";
import { pathProblem } from "./path-problem.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";
import { toRepos } from "./to-repos.ts";

/**
 * What a plan says of its repositories, without looking at lists it names or at the network. Repositories that can be
 * told apart only once the lists are read are compared again then.
 */
export function checkRepos(source: Source, file: PlanFile): readonly Diagnostic[] {
  if (file.repos === undefined) return [];
  const spec = toRepos(file.repos);
  const listed: Path = Array.isArray(file.repos) ? ["repos"] : ["repos", "list"];
  const rows = spec.list.map((entry): RepoRow => ({ ...entry, from: "the plan" }));
  const { problems } = checkRows(rows, {
    folderOf: () => "/plan",
    look: (folder) => ok({ path: folder, isBare: false }),
  });
  const found = problems.map(({ row, problem }) =>
    source.at([...listed, rows.indexOf(row)], problem),
  );
  return [...found, ...checkSources(source, file), ...checkPaths(source, spec)];
}

function checkSources(source: Source, { repos }: PlanFile): readonly Diagnostic[] {
  if (repos === undefined || Array.isArray(repos)) return [];
  const named = [repos.list, repos.file, repos.query].filter((one) => one !== undefined);
  const hasNone = named.length === 0 || (named.length === 1 && repos.list?.length === 0);
  return hasNone && source.knows(["repos"])
    ? [
        source.at(
          ["repos"],
          {
            code: "E-REPO-NONE",
            message: "nothing says which repositories are meant",
            expected: "list, file or query",
          },
          "key",
        ),
      ]
    : [];
}

function checkPaths(
  source: Source,
  spec: { readonly file?: string; readonly lock?: string },
): readonly Diagnostic[] {
  return (["file", "lock"] as const).flatMap((key) => {
    const problem = spec[key] === undefined ? undefined : pathProblem(spec[key]);
    if (problem === undefined) return [];
    const message = `${JSON.stringify(spec[key])} ${problem}`;
    return [
      source.at(["repos", key], { code: "E-PATH", message, expected: "a path beside the plan" }),
    ];
  });
}
