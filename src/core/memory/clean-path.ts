import type { Clean } from "../secrets/redact-value.ts";

/**
 * A path as it may be written down: whoever names a file may do so by a secret, also with other words in front of it. The ends stay, so
 * that a file is still one of memory's.
 */
export function cleanPath(path: string, clean: Clean): string {
  return path
    .split("/")
    .map((name) => cleanName(name, clean))
    .join("/");
}

function cleanName(name: string, clean: Clean): string {
  const [, stem = "", end = ""] = /^(.*?)((?:\.md)?(?:\.kept(?:-\d+)?)?)$/s.exec(name) ?? [];
  for (const { index } of stem.matchAll(/^|(?<=[-_. +,~@])/g)) {
    const rest = stem.slice(index);
    const left = clean(rest);
    if (left !== rest) return `${stem.slice(0, index)}${left}${end}`;
  }
  return name;
}

/** Paths by themselves, each as it may be written down, and each its own. */
export function cleanPaths(
  paths: Iterable<string>,
  { clean, isOwn }: { readonly clean: Clean; readonly isOwn: (path: string) => boolean },
): ReadonlyMap<string, string> {
  const all = [...paths];
  const taken = new Set(all);
  return new Map(
    all.map((path) => {
      const left = isOwn(path) ? path : cleanPath(path, clean);
      if (left === path) return [path, path];
      let free = left;
      for (let at = 2; taken.has(free); at += 1) free = left.replace(/(\.md)?$/, `-${at}$1`);
      taken.add(free);
      return [path, free];
    }),
  );
}
