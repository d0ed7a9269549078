import * as z from "zod";

import type { CommitId } from "./ids.ts";
import { pullChecks, pullStates } from "./pull-standing.ts";
import type { RepoAddress } from "./repo.ts";

export type IfExists = "skip" | "replace" | "append" | "fail";

/** How a plan wants work published; templates resolved. */
export interface PublishWish {
  readonly branch: string;
  readonly ifExists: IfExists;
  readonly pr: "none" | "draft" | "ready";
  readonly via: "gh" | "glab" | "patch";
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Pull requests in a time; undefined: as fast as it goes. */
  readonly rate?: Rate;
  /** Most pull requests of the plan that may be open at a time. */
  readonly maxOpen?: number;
  /** A branch for what was changed in each package, in place of one for all of it. */
  readonly split?: "per-package";
}

export interface Rate {
  readonly count: number;
  readonly perMs: number;
}

/** One repository's finished work, and where it goes. */
export interface PublishTarget {
  /** As people call it. */
  readonly repo: string;
  /** The same for every way to write it. */
  readonly key: string;
  readonly address: RepoAddress;
  /** Absolute path of a repository whose settings only Skein writes and that has the commit's objects. */
  readonly store: string;
  /** What the work began with. */
  readonly base: CommitId;
  readonly commit: CommitId;
  /** The branch a pull request goes to; undefined: the server's default. */
  readonly baseBranch?: string;
}

/** What came of it, or what would. */
export interface Published {
  readonly kind: "published" | "skipped" | "would-publish";
  readonly branch: string;
  /** What the branch points at; it may be a signed twin of the unit's commit. */
  readonly commit: CommitId;
  readonly pr?: string;
  /** Why it was left out; in a dry run, what would be done, in words. */
  readonly reason?: string;
}

const hash = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const entry = { key: z.string(), branch: z.string(), run: z.string(), at: z.number() };

/**
 * A line of the record of what was published, of all runs that were started in one place. `prepared` is written before
 * anything leaves the machine: whatever happens then, the commit is known to be ours.
 */
export const publishEntrySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("prepared"), ...entry, source: hash, commit: hash }),
  z.strictObject({ kind: z.literal("pushed"), ...entry, commit: hash }),
  z.strictObject({ kind: z.literal("opened"), ...entry, plan: z.string(), url: z.string() }),
  z.strictObject({ kind: z.literal("closed"), ...entry, url: z.string() }),
  z.strictObject({
    kind: z.literal("seen"),
    ...entry,
    url: z.string(),
    state: z.enum(pullStates),
    checks: z.enum(pullChecks),
  }),
]);
export type PublishEntry = z.output<typeof publishEntrySchema>;
