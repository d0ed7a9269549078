import type { CommitId } from "../../model/ids.ts";
import type { PublishEntry } from "../../model/publish.ts";

/** What the record says of one branch of one repository. */
export interface BranchPast {
  /** Commits that are ours, whether or not the push is known to have arrived. */
  readonly ours: ReadonlySet<CommitId>;
  /** The commit that stands for another, by that other: the same work is signed once. */
  readonly twins: ReadonlyMap<CommitId, CommitId>;
  /** The pull request that was opened last. */
  readonly pr?: string;
  /** There was one, whatever became of it. */
  readonly wasOpened: boolean;
}

export function branchPast(
  entries: readonly PublishEntry[],
  of: { readonly key: string; readonly branch: string },
): BranchPast {
  const ours = new Set<CommitId>();
  const twins = new Map<CommitId, CommitId>();
  let pr: string | undefined;
  let wasOpened = false;
  for (const entry of entries) {
    if (entry.key !== of.key || entry.branch !== of.branch) continue;
    if (entry.kind === "prepared") {
      ours.add(entry.commit as CommitId);
      twins.set(entry.source as CommitId, entry.commit as CommitId);
    }
    if (entry.kind === "opened") {
      pr = entry.url;
      wasOpened = true;
    }
    if (entry.kind === "closed" && entry.url === pr) pr = undefined;
  }
  return { ours, twins, wasOpened, ...(pr === undefined ? {} : { pr }) };
}

/** Pull requests of a plan that nobody saw closed, the oldest first. */
export function openOnes(
  entries: readonly PublishEntry[],
  plan: string,
): readonly Extract<PublishEntry, { kind: "opened" }>[] {
  const closed = new Set(entries.flatMap((one) => (one.kind === "closed" ? [one.url] : [])));
  const open = new Map<string, Extract<PublishEntry, { kind: "opened" }>>();
  for (const one of entries) {
    if (one.kind === "opened" && one.plan === plan && !closed.has(one.url)) open.set(one.url, one);
  }
  return [...open.values()];
}
