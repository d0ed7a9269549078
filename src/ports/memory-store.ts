import type { MemoryEntry } from "../model/memory-entry.ts";
import type { Result } from "../model/result.ts";

/** A file of the inbox. Once it is there nothing is added to it; lines go from it only by `erase` and `compact`. */
export interface Segment {
  readonly name: string;
  readonly entries: readonly MemoryEntry[];
  /** An earlier dream has read it. */
  readonly isRead: boolean;
}

export interface MemorySnapshot {
  /** 0 before the first dream. */
  readonly generation: number;
  /** Paths below `.skein/memory` and their text, as the latest dream left them. */
  readonly files: ReadonlyMap<string, string>;
  /** The same as they are now: people edit them. */
  readonly tree: ReadonlyMap<string, string>;
  /** Files and folders there that cannot be read: nothing is known of what they hold. */
  readonly unread: ReadonlySet<string>;
  readonly segments: readonly Segment[];
  /** What could not be read, for people. */
  readonly problems: readonly string[];
}

export interface NewGeneration {
  readonly files: ReadonlyMap<string, string>;
  /** Names of the segments that went into it. */
  readonly read: readonly string[];
  /** Edits taken into the record: they become a segment of their own. */
  readonly edits: readonly MemoryEntry[];
  /** Files that were edited (null: removed) and whose edits were taken in: as they were then, they may be replaced. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Parts of files that cannot be read, by path: they stay behind what is written there. */
  readonly broken?: ReadonlyMap<string, string>;
  /** What changed, for people. */
  readonly diff: string;
  readonly report: object;
}

/** Memory on disk. */
export interface MemoryStore {
  /** Looks, and brings to an end what a crash has cut off. */
  snapshot(): Promise<Result<MemorySnapshot>>;
  /**
   * Writes entries into the inbox, without secrets; observations that are there already are left out, and readings of texts that
   * are not there, or that were read. Gives how many it took.
   */
  takeIn(
    entries: readonly MemoryEntry[],
    name: "observed" | "decided" | "read",
  ): Promise<Result<number>>;
  /** Whole or not at all, whatever cuts it off. Gives the number of the generation. */
  commit(next: NewGeneration): Promise<Result<number>>;
  /** The generations that are held, the newest first; those that cannot be read any more are left out. */
  history(): Promise<Result<readonly HeldGeneration[]>>;
  /** Takes back the latest dreams: every file is as it was before them, byte for byte. A dry run only tells what that comes to. */
  undo(steps: number, isDryRun?: boolean): Promise<Result<UndoneDreams>>;
  /** Puts files as they are in the generation that holds, and others aside. */
  restore(paths: readonly string[]): Promise<Result<RestoredFiles>>;
  /**
   * Takes these observations out of the inbox, with what was read in them, and every generation but the one that holds: their words are nowhere in memory
   * any more, and no dream before it can be taken back. Gives what is to be told of files that no dream reads.
   */
  erase(names: ReadonlySet<string>): Promise<Result<readonly string[]>>;
  /** Takes lines out of the inbox and puts what they come to in their place. Gives how many went. */
  compact(lines: Shortened): Promise<Result<number>>;
  /** Runs while no other process dreams here; waits a moment for one that does, and fails as `busy` when that was not enough. */
  alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>>;
}

export interface RestoredFiles {
  /** Where what was there is kept, by paths. */
  readonly kept: ReadonlyMap<string, string>;
  /** What is in the place of files or of their folders, or of where they were to be kept, by the paths of the files, which are not restored. */
  readonly obstacles: ReadonlyMap<string, string>;
}

export interface HeldGeneration {
  readonly generation: number;
  /** When it was made, ISO 8601. */
  readonly at: string;
  /** What it changed, a line for each fact, as people were told. */
  readonly changes: readonly string[];
}

export interface Shortened {
  readonly goes: (entry: MemoryEntry) => boolean;
  /** What the lines that go come to. */
  readonly counted: readonly MemoryEntry[];
}

export interface UndoneDreams {
  /** Where memory is then. */
  readonly generation: number;
  /** Paths and texts as the latest of these dreams left them, and as they were left before. */
  readonly from: ReadonlyMap<string, string>;
  readonly to: ReadonlyMap<string, string>;
  /** Files that were edited since: they were left as they are. */
  readonly left: readonly string[];
  /** Files that something else is in the place of: they could not be written. */
  readonly blocked: readonly string[];
  /** Files that were removed since: they stay so. */
  readonly removed: readonly string[];
  /** Files that people had edited or removed before these dreams: their edits are there again, for the next dream. */
  readonly again: readonly string[];
}
