import type { Part } from "./group-files.ts";

/** Characters of all file lists together: the plan has to fit into one reply, next to everything else. */
const listCharsMax = 16_000;

/** What each part may change: its files, or in a plan too long for that the folders that only it has files in. */
export function withWriteScopes(parts: readonly Part[]): readonly Part[] {
  const characters = parts
    .flatMap(({ files }) => files)
    .reduce((sum, file) => sum + file.length + 4, 0);
  if (characters <= listCharsMax) return parts;
  return parts.map((part) => {
    const others = parts.filter((other) => other !== part).flatMap(({ files }) => files);
    return { ...part, files: foldersOf(part.files, others, "") };
  });
}

function foldersOf(
  files: readonly string[],
  others: readonly string[],
  prefix: string,
): readonly string[] {
  const below = new Map<string, string[]>();
  for (const file of files) {
    const slash = file.indexOf("/", prefix.length);
    const key = slash < 0 ? file : file.slice(0, slash + 1);
    below.set(key, [...(below.get(key) ?? []), file]);
  }
  return [...below].flatMap(([key, inside]) => {
    if (!key.endsWith("/") || (inside.length === 1 && inside[0] !== undefined)) return inside;
    const isShared = others.some((other) => other.startsWith(key));
    // A folder's name with such a character would be read as a pattern.
    return isShared || /[*?[\]{}()!+@]/.test(key) ? foldersOf(inside, others, key) : [`${key}**`];
  });
}
