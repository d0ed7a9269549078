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

/** The path in the repository of the folder that people put them into. */
export function putFolder(kind: PutKind): string {
  return `.skein/${dirOf(kind)}`;
}

/** The path of its file in the repository, by a job's own name. */
export function putFile(kind: PutKind, name: string): string {
  return `${putFolder(kind)}/${name}${kinds[kind].ending}`;
}

/** A job's whole name, by its own. */
export function jobName(kind: PutKind, name: string): string {
  return `${kind}/${name}`;
}

/** The other way round; undefined for a job that has no file. */
export function putJob(job: string): { readonly kind: PutKind; readonly name: string } | undefined {
  const at = job.indexOf("/");
  const kind = job.slice(0, Math.max(0, at));
  return isPutKind(kind) ? { kind, name: job.slice(at + 1) } : undefined;
}

/** The path of its file by its whole name; undefined for a job that has none. */
export function fileOfJob(job: string): string | undefined {
  const put = putJob(job);
  return put === undefined ? undefined : putFile(put.kind, put.name);
}

function isPutKind(kind: string): kind is PutKind {
  return Object.hasOwn(kinds, kind);
}
