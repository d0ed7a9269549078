/**
 * What is known of a list of units merged one after the other: the largest number of them that was found green together,
 * and the smallest that was found red. `-1` is green: not even the base, without any of them, has been verified.
 */
export interface CulpritSearch {
  readonly green: number;
  readonly red: number;
}

/**
 * How many of the units to verify next; undefined when it is found: the unit numbered `red`, from 1, or with 0 the base
 * itself. Of n units it takes log2(n + 1) verifications, rounded up, so that with one of the whole before the search and
 * one after each culprit, k of them take at most k * (log2 n + 2) + 1 (issue 5).
 */
export function nextToVerify({ green, red }: CulpritSearch): number | undefined {
  return red - green <= 1 ? undefined : Math.floor((green + red) / 2);
}
