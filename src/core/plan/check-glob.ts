import picomatch from "picomatch";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { takesTooLong } from "../glob/match-globs.ts";
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
    if (!takesTooLong(glob)) picomatch.makeRe(glob, { strictBrackets: true });
    return checkStars(source, path, glob);
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

/** Whether a glob can be matched in time. One with an expression is looked at when it is matched. */
export function checkStars(source: Source, path: Path, glob: string): readonly Diagnostic[] {
  return glob.includes("${{") || !takesTooLong(glob)
    ? []
    : [
        source.at(path, {
          code: "E-GLOB",
          message: `${JSON.stringify(glob)} has too much in it: matching it could take for ever`,
          expected: "fewer stars beside brackets, or several globs",
        }),
      ];
}
