import { indexFile } from "./render-tree.ts";

/** What a dream left in files. */
export interface LeftFiles {
  readonly files: Readonly<Record<string, string>>;
  /** Files that people had changed since the generation before; null: they had removed it. */
  readonly before: Readonly<Record<string, string | null>>;
  /** Parts of files that cannot be read: they stay behind what memory writes there. */
  readonly broken: Readonly<Record<string, string>>;
}

/** How the files that people see are to be brought somewhere. */
export interface Bringing {
  readonly paths: readonly string[];
  readonly target: ReadonlyMap<string, string>;
  /** The texts that memory itself gave a file; another one is an edit. */
  readonly ours: (path: string) => readonly (string | undefined)[];
  /** A dream left it or saw it there, so where it is not somebody has removed it since: that is for the next dream. */
  readonly isRemoved: (path: string) => boolean;
}

/** What becomes of the files. */
export interface Brought {
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  readonly gone: readonly string[];
  /** Those that somebody edited. */
  readonly left: readonly string[];
  /** Those that are to be there, and somebody put something else in the place of. */
  readonly blocked: readonly string[];
  /** Those that somebody removed: they stay so. */
  readonly removed: readonly string[];
}

/**
 * To what a new generation has. `absorbed` are the texts that its dream has read; who catches up with what a crash cut off has none, and
 * cannot tell what was removed since.
 */
export function toGeneration(
  held: LeftFiles,
  {
    before,
    absorbed,
    unwritten,
  }: {
    readonly before: LeftFiles;
    readonly absorbed: ReadonlyMap<string, string | null> | undefined;
    /** Files of `before` that could not be written: where they are not, nobody removed them. */
    readonly unwritten: readonly string[];
  },
): Bringing {
  const target = targetOf(held);
  return {
    paths: [
      ...new Set([
        ...target.keys(),
        ...Object.keys(before.files),
        ...Object.keys(held.before),
        ...(absorbed?.keys() ?? []),
      ]),
    ],
    target,
    ours: (path) => [
      ...textsOf(before, path),
      held.before[path] ?? undefined,
      absorbed?.get(path) ?? undefined,
    ],
    isRemoved: (path) =>
      absorbed !== undefined &&
      before.files[path] !== undefined &&
      !unwritten.includes(path) &&
      !Object.hasOwn(held.before, path),
  };
}

/** Back to what was before a dream, and to what people had made of that. `unwritten` are files of that dream that could not be written. */
export function backFrom(
  undone: LeftFiles,
  held: LeftFiles,
  unwritten: readonly string[],
): Bringing {
  const target = targetOf(held);
  for (const [path, text] of Object.entries(undone.before)) {
    if (text === null) target.delete(path);
    else target.set(path, text);
  }
  return {
    paths: [...new Set([...target.keys(), ...Object.keys(undone.files)])],
    target,
    ours: (path) => [...textsOf(undone, path), ...textsOf(held, path)],
    isRemoved: (path) =>
      undone.files[path] !== undefined && !unwritten.includes(path) && path !== indexFile,
  };
}

/** Decides it, from what is there. */
export function bringFiles(
  { paths, target, ours, isRemoved }: Bringing,
  {
    textAt,
    isBlocked,
  }: {
    readonly textAt: (path: string) => string | undefined;
    /** Something else is in its place. */
    readonly isBlocked: (path: string) => boolean;
  },
): Brought {
  const left: string[] = [];
  const blocked: string[] = [];
  const removed: string[] = [];
  const gone: string[] = [];
  const texts: { readonly path: string; readonly text: string }[] = [];
  for (const path of paths.toSorted()) {
    const wanted = target.get(path);
    if (isBlocked(path)) {
      if (wanted !== undefined) blocked.push(path);
      continue;
    }
    const held = textAt(path);
    if (held === wanted) continue;
    else if (held === undefined && isRemoved(path)) removed.push(path);
    else if (held !== undefined && !ours(path).includes(held)) left.push(path);
    else if (wanted === undefined) gone.push(path);
    else texts.push({ path, text: wanted });
  }
  return { texts, gone, left, blocked, removed };
}

function targetOf(held: LeftFiles): Map<string, string> {
  const paths = [...Object.keys(held.files), ...Object.keys(held.broken)];
  return new Map(paths.map((path) => [path, written(held, path)]));
}

/** As memory writes it, and as `restore` does, which gives up what cannot be read. */
function textsOf(held: LeftFiles, path: string): readonly (string | undefined)[] {
  return [held.files[path], written(held, path)];
}

function written({ files, broken }: LeftFiles, path: string): string {
  return `${files[path] ?? ""}${broken[path] ?? ""}`;
}
