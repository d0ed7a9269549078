import picomatch from "picomatch";

/** Paths of a patch that its contract did not allow. Globs match dot files too; a plain folder name covers what is in it. */
export function outsideScope(
  files: readonly string[],
  write: readonly string[],
): readonly string[] {
  const allowed = write.map((glob) => picomatch(scopeGlobs(glob), { dot: true, nonegate: true }));
  return files.filter((file) => !allowed.some((matches) => matches(file)));
}

function scopeGlobs(glob: string): string[] {
  const clean = glob.replace(/^\.\//, "").replace(/\/+$/, "");
  // A name with brackets (`[id].ts`, usual in routers) is a file as often as a character class: match it both ways.
  const literal = clean.replaceAll(/[\\$^*+?()[\]{}|!@]/g, (character) => `\\${character}`);
  return clean === "" || clean === "." ? ["**"] : [clean, `${clean}/**`, literal];
}
