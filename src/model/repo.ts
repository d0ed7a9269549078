import type { CommitId } from "./ids.ts";

/** Where a repository is: a folder of this machine, or what git fetches it from. Parsed; safe to hand to git. */
export type RepoAddress =
  | {
      readonly kind: "folder";
      /** Absolute. */
      readonly path: string;
      /** Without a checkout: it is cloned like a server's. */
      readonly isBare: boolean;
    }
  | {
      readonly kind: "remote";
      /** What git is given. */
      readonly url: string;
      /** In lower case, with a port that is not the usual one; empty for `file://`. */
      readonly host: string;
      /** Behind the host, decoded, without `.git`; of `file://` the absolute path. */
      readonly path: string;
    };

/** One repository of a run. */
export interface Repo {
  /** What people and plans call it, unique within the run: `owner/name`, or the folder's own name. */
  readonly name: string;
  /** The same for every way to write the same repository. */
  readonly key: string;
  readonly address: RepoAddress;
  /** Branch, tag or commit to start from; undefined: its own default branch. */
  readonly base?: string;
  /** What the lock file says `base` was. */
  readonly commit?: CommitId;
}

/** A line of a list, before anybody looked at what it says. */
export interface RepoRow {
  readonly text: string;
  readonly base?: string;
  /** Where it was read, for messages: `repos.txt:3`. */
  readonly from: string;
  /** 1-based; absent for what was not read from a text. */
  readonly line?: number;
  readonly column?: number;
}

/** What a plan says of its repositories. */
export interface RepoSpec {
  readonly list: readonly { readonly text: string; readonly base?: string }[];
  /** A list beside the plan. */
  readonly file?: string;
  readonly query?: string;
  readonly via: "gh" | "glab";
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** File beside the plan that holds exact commits. */
  readonly lock?: string;
}

/** A repository as it is written down: what it is, is parsed anew by whoever reads it. */
export interface ListedRepo {
  /** A URL, or an absolute path. */
  readonly repo: string;
  readonly base?: string;
  readonly commit?: CommitId;
}
