/**
 * What memory needs from a disk, as small as a power cut sees it: what is written is safe once it was synced, a name once
 * its folder was. Paths are relative to `.skein`. Nothing follows a symbolic link.
 */
export interface MemoryFiles {
  /** Undefined when there is none. Rejects for links, devices, and what is larger than memory reads. */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder; empty when there is none. */
  list(path: string): Promise<readonly ListedFile[]>;
  write(path: string, text: string): Promise<void>;
  sync(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeDir(path: string): Promise<void>;
  /** A folder that holds something, or that cannot be removed, stays. */
  removeEmptyDir(path: string): Promise<void>;
  syncDir(path: string): Promise<void>;
}

export interface ListedFile {
  readonly name: string;
  readonly kind: "file" | "dir" | "other";
}
