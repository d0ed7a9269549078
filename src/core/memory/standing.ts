import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import { sourceName } from "./source-name.ts";

type Revoked = Extract<MemoryEntry, { type: "revoked" }>;

/** A record without what a person took back. That is a line of the record, too: without it, what it took back stands again. */
export function standing(entries: readonly MemoryEntry[]): readonly MemoryEntry[] {
  const byTime = Map.groupBy(
    entries.filter((entry): entry is Revoked => entry.type === "revoked"),
    ({ of }) => of,
  );
  if (byTime.size === 0) return entries;
  return entries.filter(
    (entry) =>
      entry.type !== "revoked" &&
      !(byTime.get(momentOf(entry)) ?? []).some((one) => takesBack(one, entry)),
  );
}

/** When a person decided it; nothing for what nobody decides. */
function momentOf(entry: MemoryEntry): string {
  if (entry.type === "observed") return entry.observation.at;
  return entry.type === "forgot" || entry.type === "reviewed" ? entry.at : "";
}

function takesBack({ sources, said }: Revoked, entry: MemoryEntry): boolean {
  if (entry.type === "observed")
    return said !== undefined && sourceName(said) === sourceName(entry.observation);
  if (entry.type !== "forgot" && entry.type !== "reviewed") return false;
  return isSame(entry.sources, sources);
}

function isSame(some: readonly SourceKey[], others: readonly SourceKey[]): boolean {
  const [a, b] = [some, others].map((one) => one.map(sourceName).toSorted().join("\n"));
  return a === b;
}
