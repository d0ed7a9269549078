import type { CommitId } from "../model/ids.ts";
import type { Value } from "../model/plan.ts";

/** What a unit's work depends on: named texts, in named groups such as `inputs` or `env`. */
export type KeyParts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What came of a unit's work, and of its verification. */
export interface CachedStep {
  readonly outcome: "done" | "noop";
  /** Who did it: the id of a run. */
  readonly by: string;
  readonly outputs: Readonly<Record<string, Value>>;
  readonly summary?: string;
  /** Absent: it changed nothing. The commit is kept under the name `refOf` its key. */
  readonly patch?: { readonly base: CommitId; readonly commit: CommitId };
}

/** The key of a unit's work, and its parts as digests: nothing of them can be read from the disk. */
export interface CacheKey {
  readonly key: string;
  readonly digests: KeyParts;
}

/** Finished work of one repository, kept for the user across runs. */
export interface StepCache {
  keyOf(parts: KeyParts): CacheKey;
  /** Undefined: there is none, or it cannot be trusted. */
  find(key: string): Promise<CachedStep | undefined>;
  /** Digests of what the unit of this name was last kept with. */
  lastOf(unit: string): Promise<KeyParts | undefined>;
  /** Keeps it, whole or not at all; gives the keys of older work that had to go for it, or why it was not kept. */
  keep(
    unit: string,
    key: CacheKey,
    step: CachedStep,
  ): Promise<{ readonly gone: readonly string[] } | { readonly refused: string }>;
}
