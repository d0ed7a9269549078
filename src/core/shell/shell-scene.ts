/** What lies at a path, one `lstat` and `readlink` of one component; never follows. */
export type PathEntry =
  | { readonly kind: "missing" }
  | { readonly kind: "file"; readonly links: number }
  | { readonly kind: "folder" }
  | { readonly kind: "link"; readonly target: string }
  /** FIFO, device, socket, or not allowed to look. */
  | { readonly kind: "other" };

/** Everything outside the text that a verdict depends on. The judge itself never looks at the disk. */
export interface ShellScene {
  /** Absolute, canonical. Reads and the current folder must stay in here. */
  readonly root: string;
  /** Further folders that may be read: absolute, canonical. */
  readonly readable: readonly string[];
  /** Absolute; what `~` stands for. */
  readonly home: string;
  /** Absolute folder the text starts in. */
  readonly cwd: string;
  readonly look: (path: string) => PathEntry;
  /** Names in a folder, links followed to reach it; undefined when it cannot be listed. Not there: empty. */
  readonly list: (path: string) => readonly string[] | undefined;
  /** Absolute real path of a program that PATH finds, or undefined; PATH never holds a writable folder. */
  readonly locate: (program: string) => string | undefined;
  /** Why git cannot be neutralised in this repository (a filter, an alias …); undefined: it can. */
  readonly gitHazard: (cwd: string) => string | undefined;
}
