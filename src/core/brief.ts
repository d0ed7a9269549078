/** Longest text of a convention file that goes into the brief, in characters. */
const conventionsMax = 6_000;
const foldersMax = 60;

/**
 * The shared brief: what every agent of a run is told about the repository, byte for byte the same for all of them.
 * The convention files are the repository's own words, hence data to the agents, never orders to us.
 */
export function briefOf(repository: {
  readonly files: readonly string[];
  readonly conventions: readonly { readonly path: string; readonly text: string }[];
}): string {
  const folders = new Map<string, number>();
  for (const file of repository.files) {
    const folder = file.split("/").slice(0, -1).slice(0, 2).join("/") || ".";
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const rows = [...folders].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const shown = rows.slice(0, foldersMax).map(([folder, count]) => `${folder}/ ${count} files`);
  const more = rows.length > foldersMax ? [`… and ${rows.length - foldersMax} more folders`] : [];
  return [
    `The repository has ${repository.files.length} files:`,
    ...shown,
    ...more,
    ...repository.conventions.map(({ path, text }) => `\n${path} says:\n${clip(text)}`),
  ].join("\n");
}

function clip(text: string): string {
  return text.length <= conventionsMax ? text : `${text.slice(0, conventionsMax)}\n… (cut)`;
}
