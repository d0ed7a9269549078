import { matchGlobs } from "../glob/match-globs.ts";
import { groupedBy, type Shard } from "./shard.ts";

/** Where GitHub looks for it, in this order. */
export const ownersFiles = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

interface OwnersRule {
  readonly matches: (path: string) => boolean;
  readonly owners: readonly string[];
}

/** Each file goes to its owners as a CODEOWNERS file names them; the last rule that fits counts. */
export function groupByOwner(files: readonly string[], codeOwners: string): readonly Shard[] {
  const rules = codeOwners.split("\n").flatMap(ruleOf);
  return groupedBy(files, (file) => {
    const owners = rules.findLast(({ matches }) => matches(file))?.owners ?? [];
    return owners.length === 0 ? "nobody" : owners.join(" ");
  });
}

function ruleOf(line: string): readonly OwnersRule[] {
  const [pattern, ...owners] = line
    .replace(/(^|\s)#.*$/, "")
    .trim()
    .split(/\s+/);
  if (pattern === undefined || pattern === "") return [];
  return [{ matches: matchGlobs(globsOf(pattern), { nonegate: true }), owners }];
}

/** The rules of gitignore, without negation: a name without a slash is meant anywhere, a folder with all that is in it. */
function globsOf(pattern: string): string[] {
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  // Of what stands for others, CODEOWNERS knows only `*` and `?`: `app/[id]` is a folder of that name.
  const bare = pattern
    .replace(/^\//, "")
    .replace(/\/$/, "")
    .replaceAll(/[[\](){}!+@|]/g, "\\$&");
  const at = isAnchored ? bare : `**/${bare}`;
  // `docs/*` means the files right in it.
  return bare.endsWith("/*") ? [at] : [at, `${at}/**`];
}
