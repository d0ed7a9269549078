import type { Statement } from "../statement.ts";

/** A value that a sentence may speak of. */
export interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly key: string;
  /** It looks like a value by itself: a number, a path, code, a name with a capital. */
  readonly isTyped: boolean;
  /** A command, or another piece of code of several words. */
  readonly isCode: boolean;
}

/** A sentence that speaks of one known thing, taken apart. */
export interface Told {
  readonly statement: Statement;
  readonly subject: string;
  readonly value: Candidate | undefined;
  /** The value before, where the sentence names it. */
  readonly oldKey: string;
  /** Roots of all that it says beside subject, value and what it holds under; sorted. */
  readonly roots: readonly string[];
  /** By the last word of each phrase, the roots in front of it: `limit` of a "soft memory limit" has `soft` and `memori`. */
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Roots of what it calls its value by, where it does so plainly: "the retry limit of S is V"; in order. */
  readonly name: readonly string[] | undefined;
  /** The same as it is written, for people. */
  readonly called: string | undefined;
  /** Words of the slot that it was read to be about, where others like it taught that. */
  readonly slot: readonly string[] | undefined;
  /** What it holds under; empty where nothing says so. */
  readonly condition: string;
}
