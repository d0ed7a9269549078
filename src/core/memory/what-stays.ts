import type { Fact } from "../../model/memory-fact.ts";

/** What follows from the record. */
const workedOut = [
  "valid_from",
  "observed_at",
  "recorded_at",
  "sources",
  "evidence",
  "confidence",
  "support",
  "last_used",
  "use_count",
] as const;
/** What follows from the status: another one brings others. */
const ofStatus = ["valid_to", "supersedes", "superseded_by", "review"] as const;

/**
 * What somebody changed in a fact's file that says nothing there, each in a sentence: a person who wrote it has to hear that it was not
 * taken, and what would be. `scope` is that of the file's folder.
 */
export function whatStays(fact: Fact, before: Fact, scope: string): readonly string[] {
  const isHeld = before.status !== "active" && fact.status !== "active";
  const differs = (name: keyof Fact): boolean =>
    JSON.stringify(fact[name]) !== JSON.stringify(before[name]);
  const counted = [...workedOut, ...(fact.status === before.status ? ofStatus : [])].filter(
    differs,
  );
  const folder = fact.scope === "project" || fact.scope === "user" ? `${fact.scope}/` : fact.scope;
  return [
    ...(differs("scope") && fact.scope !== scope
      ? [`scope stays ${scope}: the folder of a file says it; move it to ${folder} for that`]
      : []),
    ...(isHeld && (differs("status") || (differs("kind") && fact.text === before.text))
      ? [`it stays ${before.status}, and what it was: set status to active if it holds`]
      : []),
    ...(counted.length === 0
      ? []
      : [
          `${counted.join(", ")} ${counted.length === 1 ? "stays as it was" : "stay as they were"}: memory counts ${counted.length === 1 ? "it" : "them"} itself`,
        ]),
  ];
}
