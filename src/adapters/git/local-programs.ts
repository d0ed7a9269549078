import type { Git } from "./git.ts";

/**
 * Programs that the repository's own `.git/config` names (filters, text converters, merge and diff drivers), switched
 * off one by one: their names are free, so no fixed list can cover them. The user's global ones, such as LFS, stay.
 * A merge driver becomes `false`, which git reports as a conflict; everything else becomes empty, which means none.
 */
export async function localProgramOverrides(git: Git): Promise<Readonly<Record<string, string>>> {
  const pattern = "^(filter|diff|merge)\\..*\\.(clean|smudge|process|command|textconv|driver)$";
  const found = await git.try([
    "config",
    "--local",
    "--includes",
    "-z",
    "--name-only",
    "--get-regexp",
    pattern,
  ]);
  const names = found.stdout.split("\0").filter((name) => name !== "");
  return Object.fromEntries(
    names.flatMap((name) => {
      const off: [string, string][] = [[name, name.endsWith(".driver") ? "false" : ""]];
      if (name.startsWith("filter.")) off.push([name.replace(/\.[^.]+$/, ".required"), "false"]);
      return off;
    }),
  );
}
