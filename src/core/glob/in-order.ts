/** One thing that a pattern takes, or any number of any things. */
export type Piece<T> = "any" | ((one: T) => boolean);

/**
 * Whether things in a row fit a pattern, in time that grows with their numbers and no faster: a regular expression with many stars
 * would need years for a long name that does not fit, and whoever brings the name may bring the pattern.
 */
export function fitsInOrder<T>(pieces: readonly Piece<T>[], row: readonly T[]): boolean {
  let piece = 0;
  /** The last star that was met, and where what follows it was tried to begin. */
  let star = -1;
  let began = 0;
  for (let at = 0; at < row.length;) {
    const wanted = pieces[piece];
    const one = row[at];
    if (wanted === "any") {
      star = piece++;
      began = at;
    } else if (wanted !== undefined && one !== undefined && wanted(one)) {
      piece++;
      at++;
    } else if (star !== -1) {
      // An earlier star can give nothing that this one cannot.
      piece = star + 1;
      at = ++began;
    } else return false;
  }
  return pieces.slice(piece).every((rest) => rest === "any");
}
