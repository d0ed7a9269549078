import type { GeneratedFiles } from "../../model/plan.ts";
import { matchGlobs } from "../glob/match-globs.ts";

/**
 * Whether files that a command makes can be wrong after a merge, given what each side changed that the other did not know of.
 * What one side alone has a part in is as that side left it. With `inputs` a side has a part in them that changed one of those, or
 * of the files themselves. Without, whatever a side changed may be an input; then it takes one that made them: of a merge that no
 * generated file is changed in, nobody can say that they have to do with it.
 */
export function isStale(
  { files, inputs }: Pick<GeneratedFiles, "files" | "inputs">,
  sides: { readonly ours: readonly string[]; readonly theirs: readonly string[] },
): boolean {
  const both = [sides.ours, sides.theirs];
  if (inputs !== undefined) return both.every((side) => side.some(among([...files, ...inputs])));
  return both.every((side) => side.length > 0) && both.flat().some(among(files));
}

/** Whether a file is one that a glob names. */
export function among(globs: readonly string[]): (file: string) => boolean {
  return matchGlobs(globs);
}
