/** More stars in one name take a regular expression minutes and years, for a long name that does not fit. */
const starsMax = 3;

/** Why a search for this glob is not begun, and what to do; a clause for the model. */
export function globProblem(pattern: string): string | undefined {
  if (/^\/|(?:^|[\\/{},])\.\.(?:$|[\\/{},])/.test(pattern))
    return 'leads outside the worktree. Give a relative one without ".."';
  const stars = pattern.split("/").map((name) => name.match(/\*+|[+?@!]\(/g)?.length ?? 0);
  // What repeats what repeats, or a choice, is as bad with one.
  const isEndless = /[*+]\([^)]*[*+|]/.test(pattern);
  return isEndless || stars.some((count) => count > starsMax)
    ? `has too much in one name. Give at most ${starsMax} stars in a name, or several globs`
    : undefined;
}
