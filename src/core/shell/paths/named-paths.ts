/** Names of one kind, and what to call them to people. */
export interface NamedPaths {
  /** "a private key", "a start-up file of the shell". */
  readonly what: string;
  /**
   * Globs without a leading slash match at the end of a path, after any folder (`.aws/credentials`); with one, from
   * the root. `*` stays within one component, `**` stands for any number of them.
   */
  readonly names: readonly string[];
  /** Names that match and are harmless all the same. */
  readonly except?: readonly string[];
}

export type PathMatcher = (path: string) => string | undefined;

/**
 * What a path is, by its name alone. Names are compared as the most careless file system would compare them: without
 * case, without width, without the code points that some systems ignore, without what NTFS strips from an end.
 */
export function matcherOf(kinds: readonly NamedPaths[]): PathMatcher {
  const compiled = kinds.map(({ what, names, except = [] }) => ({
    what,
    matches: union(names),
    spares: union(except),
  }));
  return (path) => {
    const name = folded(path);
    return compiled.find(({ matches, spares }) => matches.test(name) && !spares.test(name))?.what;
  };
}

/** Invisible code points, among them all that HFS+ and APFS leave out when they compare names. */
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;

function folded(path: string): string {
  // Most paths are plain ASCII, and this runs for every path of every command.
  const plain = /^[\u0020-\u007e]*$/.test(path)
    ? path
    : path.normalize("NFKC").replaceAll(ignorable, "");
  return plain
    .toLowerCase()
    .split("/")
    .map((component) => component.replace(/(?<=.)(::?\$index_allocation|::\$data|[ .]+)$/, ""))
    .join("/");
}

function union(globs: readonly string[]): RegExp {
  const sources = globs.map((glob) => {
    const rooted = glob.startsWith("/");
    return `${rooted ? "^" : "(?:^|/)"}${sourceOf(glob)}$`;
  });
  return new RegExp(sources.length === 0 ? "$^" : sources.join("|"), "u");
}

function sourceOf(glob: string): string {
  return glob
    .toLowerCase()
    .split("/")
    .map((component) =>
      component === "**"
        ? ".*"
        : component.replaceAll(/[\\^$+?.()|[\]{}]/g, String.raw`\$&`).replaceAll("*", "[^/]*"),
    )
    .join("/")
    .replace(/\/\.\*$/, "(?:/.*)?")
    .replaceAll("/.*/", "/(?:.*/)?");
}
