import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Git } from "./git.ts";

const programs =
  "(filter|diff|merge|lfs\\.extension)\\..*\\.(clean|smudge|process|command|textconv|driver)";
const conditions = "includeif\\..*";

/**
 * Programs that the repository's own `.git/config` names (filters, text converters, merge drivers, LFS extensions),
 * switched off one by one: their names are free, so no fixed list can cover them. The user's global ones, such as LFS
 * itself, stay. A merge driver becomes `false`, which git reports as a conflict; everything else becomes empty, which
 * means none.
 *
 * A conditional include could name programs that only show up inside a worktree, so a repository with one is refused.
 */
export async function localProgramOverrides(
  git: Git,
): Promise<Result<Readonly<Record<string, string>>>> {
  const pattern = `^(${programs}|${conditions})$`;
  const found = await git.try([
    "config",
    "--show-scope",
    "--includes",
    "-z",
    "--name-only",
    "--get-regexp",
    pattern,
  ]);
  // 1: nothing matches.
  if (found.exitCode > 1) {
    return err(
      failure("git", "the repository's git configuration cannot be read", {
        hint: "see what `git config --list` says",
        detail: found.stderr,
      }),
    );
  }
  const fields = found.stdout.split("\0");
  const overrides: Record<string, string> = {};
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [scope, name = ""] = [fields[index], fields[index + 1]];
    if (scope !== "local" && scope !== "worktree") continue;
    if (name.startsWith("includeif.")) return err(conditionalInclude(name));
    overrides[name] = name.endsWith(".driver") ? "false" : "";
    if (name.startsWith("filter.")) overrides[name.replace(/\.[^.]+$/, ".required")] = "false";
  }
  return ok(overrides);
}

function conditionalInclude(name: string): ReturnType<typeof failure> {
  return failure("not-supported", `the repository's own git configuration has ${name}`, {
    hint: "Skein cannot tell what it would run: move conditional includes to your global configuration",
  });
}
