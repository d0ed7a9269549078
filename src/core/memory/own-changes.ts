import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import { observationsIn } from "./observations-in.ts";
import { sourceName } from "./source-name.ts";
import type { Change } from "./tell-changes.ts";

/** What is to be told to whoever decided something. */
export interface OwnChanges {
  /** Of the facts that they decided on, and of those that took these facts' place, or had theirs taken. */
  readonly own: readonly Change[];
  /** How many others there are: what others decided meanwhile, and what follows elsewhere. */
  readonly others: number;
  /** Facts that have what they said, and said so before. */
  readonly known: readonly Fact[];
}

/**
 * What became of what a person decided, whoever's dream took it in: of several who decide at once, one dreams for all, and the change is
 * in that one's list alone.
 */
export function ownChanges(
  changes: readonly Change[],
  {
    entries,
    before,
    after,
  }: {
    readonly entries: readonly MemoryEntry[];
    readonly before: readonly Fact[];
    readonly after: readonly Fact[];
  },
): OwnChanges {
  const isOwn = hasOneOf(entries.flatMap(sourcesOfEntry));
  const ids = new Set(
    [...before, ...after]
      .filter(isOwn)
      .flatMap(({ id, supersedes, superseded_by: by }) => [
        id,
        ...supersedes,
        ...(by === null ? [] : [by]),
      ]),
  );
  const own = changes.filter(({ id }) => ids.has(id));
  const told = new Set(own.map(({ id }) => id));
  const known = after.filter(hasOneOf(observationsIn(entries))).filter(({ id }) => !told.has(id));
  return { own, others: changes.length - own.length, known };
}

function hasOneOf(sources: readonly SourceKey[]): (fact: Fact) => boolean {
  const names = new Set(sources.map(sourceName));
  return (fact) => fact.sources.some((one) => names.has(sourceName(one)));
}

function sourcesOfEntry(entry: MemoryEntry): readonly SourceKey[] {
  if (entry.type === "observed") return [entry.observation];
  if (entry.type === "revoked")
    return [...entry.sources, ...(entry.said === undefined ? [] : [entry.said])];
  return entry.type === "forgot" || entry.type === "reviewed" ? entry.sources : [];
}
