import picomatch from "picomatch";

import { fitsInOrder, type Piece } from "./in-order.ts";
import { isEndless } from "./is-endless.ts";

export type MatchesPath = (path: string) => boolean;

type GlobOptions = Pick<
  picomatch.PicomatchOptions,
  "nobrace" | "noextglob" | "nocase" | "nonegate"
> & {
  /** What is said of a path that a glob would take too long for. */
  readonly inDoubt?: boolean;
};

/** Ways to write out of one pattern with braces; more are left to picomatch. */
const waysMax = 64;

/**
 * Whether a path fits one of some globs, dot files too. Globs of names, `*`, `?`, `**` and lists in braces take linear time,
 * since plans, repositories and agents bring both the globs and the names; what has more in it is picomatch's, within limits.
 */
export function matchGlobs(globs: readonly string[], options: GlobOptions = {}): MatchesPath {
  const matchers = globs.map((glob) => plainGlob(glob, options) ?? limitedGlob(glob, options));
  return (path) => matchers.some((matches) => matches(path));
}

function limitedGlob(glob: string, { inDoubt = false, ...options }: GlobOptions): MatchesPath {
  // What is endless for every path is not even compiled.
  if (isEndless(glob, "")) return () => inDoubt;
  const matches = picomatch(glob, { ...options, dot: true });
  return (path) => (isEndless(glob, path) ? inDoubt : matches(path));
}

/** Whether it fits no path in time, or few. */
export function takesTooLong(glob: string): boolean {
  return plainGlob(glob, {}) === undefined && isEndless(glob);
}

function plainGlob(
  glob: string,
  { nobrace = false, noextglob = false, nocase = false }: GlobOptions,
): MatchesPath | undefined {
  const ways = nobrace ? [glob] : writtenOut(nocase ? glob.toLowerCase() : glob);
  const rows = ways?.map((way) => foldersOf(nocase ? way.toLowerCase() : way, noextglob));
  if (rows === undefined || rows.includes(undefined)) return undefined;
  return (path) => {
    // A file may be called what its glob is.
    if (path === glob) return true;
    const names = (nocase ? path.toLowerCase() : path).split("/");
    return rows.some((row) => row !== undefined && fitsInOrder(row, names));
  };
}

/** Lists in braces that hold no others. Undefined: others, ranges, escapes, or too many. */
function writtenOut(glob: string): readonly string[] | undefined {
  if (!glob.includes("{") && !glob.includes("}")) return [glob];
  if (/\\|\.\.|\$/.test(glob)) return undefined;
  let ways = [""];
  for (const part of glob.split(/(\{[^{}]*\})/)) {
    const isList = part.startsWith("{") && part.endsWith("}");
    const texts = isList ? part.slice(1, -1).split(",") : [part];
    if (isList && (texts.length < 2 || texts.includes(""))) return undefined;
    if (texts.some((text) => /[{}]/.test(text))) return undefined;
    ways = ways.flatMap((way) => texts.map((text) => way + text));
    if (ways.length > waysMax) return undefined;
  }
  return ways;
}

/** A pattern for each folder on the way, `**` for any number. Undefined: it has more in it than stars and question marks. */
function foldersOf(glob: string, noextglob: boolean): readonly Piece<string>[] | undefined {
  const names = glob.split("/");
  // One from the root of the machine begins with a name of no letters.
  const isOdd = names.some((name, at) => name === "." || name === ".." || (name === "" && at > 0));
  if (isOdd || glob.includes("**/**")) return undefined;
  const row = names.map((name): Piece<string> | undefined => {
    if (name === "**") return "any";
    const pieces = name.includes("**") ? undefined : lettersOf(name, noextglob);
    return pieces === undefined ? undefined : (one) => fitsInOrder(pieces, one.split(""));
  });
  // To picomatch `a/**` is also `a`, and `*/**` is not also `a`.
  if (/(?:^|[^\\])\*\/\*\*$/.test(glob)) row.push(() => true);
  return row.every((piece) => piece !== undefined) ? row : undefined;
}

function lettersOf(name: string, noextglob: boolean): readonly Piece<string>[] | undefined {
  const pieces: Piece<string>[] = [];
  const letters = name.split("");
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? "";
    if (letter === "*") pieces.push("any");
    else if (letter === "?") pieces.push(() => true);
    else if (letter === "\\" && letters[at + 1] !== undefined) {
      const next = letters[++at];
      pieces.push((one) => one === next);
    } else if (/[[\]\\"]/.test(letter) || (!noextglob && /[()!+@|^$]/.test(letter)))
      return undefined;
    else pieces.push((one) => one === letter);
  }
  return pieces;
}
