import picomatch from "picomatch";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { pathProblem } from "./path-problem.ts";
import type { Path } from "./plan-path.ts";
import type { Source } from "./source.ts";

/** Whether a glob names files of the repository, none of git's own among them. `what` says what has it: "a scope". */
export function checkGlob(
  source: Source,
  path: Path,
  { glob, what }: { readonly glob: string; readonly what: string },
): readonly Diagnostic[] {
  const problem = pathProblem(glob);
  if (problem !== undefined)
    return [
      source.at(path, {
        code: "E-PATH",
        message: `${JSON.stringify(glob)} ${problem}`,
        expected: "a path inside the repository",
      }),
    ];
  if (glob.includes("${{")) return [];
  if (glob.split("/").includes(".git"))
    return [
      source.at(path, {
        code: "E-SCOPE-GIT",
        message: `${what} cannot hold .git`,
        expected: "files that git keeps, none of its own",
      }),
    ];
  try {
    picomatch.makeRe(glob, { strictBrackets: true });
    return [];
  } catch (error) {
    return [
      source.at(path, {
        code: "E-GLOB",
        message: `${JSON.stringify(glob)} is not a glob: ${(error as Error).message}`,
        expected: "for example src/**/*.ts; brackets come in pairs",
      }),
    ];
  }
}
