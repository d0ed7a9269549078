/** Folders below `.skein` that people put files into, by what the jobs of those are called before their own names. */
const kinds = {
  schedule: { dir: "schedules", ending: ".md" },
  dropped: { dir: "drop", ending: "" },
} as const;
export type PutKind = keyof typeof kinds;

/** Below `.skein`. */
export function dirOf(kind: PutKind): string {
  return kinds[kind].dir;
}

export const putDirs: readonly string[] = Object.values(kinds).map(({ dir }) => dir);

/** What a file there is called as a job's own name: without an ending that all of them have. */
export function ownName(kind: PutKind, file: string): string {
  const { ending } = kinds[kind];
  return file.slice(0, file.length - ending.length);
}

/** The path of its file in the repository, by a job's own name. */
export function putFile(kind: PutKind, name: string): string {
  const { dir, ending } = kinds[kind];
  return `.skein/${dir}/${name}${ending}`;
}

/** The same by its whole name; undefined for a job that has no file. */
export function fileOfJob(job: string): string | undefined {
  const at = job.indexOf("/");
  const kind = job.slice(0, Math.max(0, at));
  return isPutKind(kind) ? putFile(kind, job.slice(at + 1)) : undefined;
}

function isPutKind(kind: string): kind is PutKind {
  return Object.hasOwn(kinds, kind);
}
