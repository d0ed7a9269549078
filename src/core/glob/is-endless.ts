/** Steps of a regular expression for one path: a fifth of a second. */
const stepsMax = 20_000_000;

/** Longer than most. */
const usualPath = `${"some-folder/".repeat(5)}${"n".repeat(40)}`;

/**
 * Whether a regular expression for a glob may be busy for seconds or for years with a path, a usual one if none is given: each
 * thing that can take more or less letters is tried with each length, and so is each that follows it.
 */
export function isEndless(glob: string, path: string = usualPath): boolean {
  if (glob.length > 10_000) return true;
  if (repeatsMany(glob)) return true;
  const longestName = Math.max(...path.split("/").map((name) => name.length));
  const lengths = (glob.match(/\*+|\+|!\(/g) ?? []).map((sign) =>
    sign === "*" ? longestName : path.length,
  );
  const groups = glob.match(/[({]/g)?.length ?? 0;
  const choices = glob.match(/[|,]/g)?.length ?? 0;
  const ways = groups === 0 ? 1 : (choices / groups + 2) ** groups;
  // Each begins where the one before it ended, or later.
  const steps = lengths.reduce((product, length, at) => (product * (length + 1)) / (at + 1), ways);
  return steps > stepsMax;
}

/** What repeats what repeats, or a choice, is tried in more ways than can be counted. */
function repeatsMany(glob: string): boolean {
  if (/[)}]\+(?!\()/.test(glob)) return true;
  return [...glob.matchAll(/[*+]\(([^)]*)/g)].some(([, inside = ""]) =>
    // A bracket or a backslash beside the plain classes: it may end elsewhere.
    /[*+|{([\]\\]/.test(inside.replaceAll(/\[[!^]?[^\][!^]+\]/g, "")),
  );
}
