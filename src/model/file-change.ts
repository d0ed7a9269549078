/** A file before and after, each as `mode blob`; all zeros where there is none. */
export interface FileChange {
  readonly before: string;
  readonly after: string;
}

/** By path. */
export type FileChanges = ReadonlyMap<string, FileChange>;
