import type { Fact } from "../../model/memory-fact.ts";
import { printableLine } from "../printable.ts";

export interface Change {
  readonly what:
    | "new"
    | "waits"
    | "holds"
    | "merged"
    | "superseded"
    | "quarantined"
    | "expired"
    | "reworded"
    | "restored"
    | "gone";
  readonly id: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * What a dream changed, fact by fact, in the order of ids. A fact that somebody `reworded` (its id, and the session that says it
 * now) is another one, and is told as the same.
 */
export function changesOf(
  before: readonly Fact[],
  after: readonly Fact[],
  reworded: ReadonlyMap<string, string> = new Map(),
): readonly Change[] {
  const fresh = new Map(after.map((fact) => [fact.id, fact]));
  const next = new Map(
    after.flatMap(({ id, sources }) => sources.map(({ session }) => [session, id] as const)),
  );
  const nameNow = (id: string): string =>
    fresh.has(id) ? id : (next.get(reworded.get(id) ?? "") ?? id);
  const old = new Map(before.map((fact) => [nameNow(fact.id), fact]));
  const ids = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  return ids.flatMap((id) => {
    const what = changeOf(old.get(id), fresh.get(id));
    return what === undefined
      ? []
      : [{ what, id, before: old.get(id)?.text, after: fresh.get(id)?.text }];
  });
}

function changeOf(a: Fact | undefined, b: Fact | undefined): Change["what"] | undefined {
  if (b === undefined) return "gone";
  const status = b.status === "active" ? (b.review === null ? undefined : "waits") : b.status;
  if (a === undefined) return status ?? "new";
  const isFree = a.review !== null && b.review === null && b.status === "active";
  if (isFree) return "holds";
  if (a.status !== b.status) return status ?? "restored";
  if (a.review === null && b.review !== null) return "waits";
  if (a.text !== b.text || a.value !== b.value) return "reworded";
  return a.support < b.support || a.sources.length < b.sources.length ? "merged" : undefined;
}

const marks: Readonly<Record<Change["what"], string>> = {
  new: "+",
  restored: "+",
  holds: "+",
  merged: "=",
  reworded: "~",
  superseded: "-",
  expired: "-",
  gone: "-",
  quarantined: "?",
  waits: "?",
};

/** A line for each change, as a diff reads. */
export function tellChanges(changes: readonly Change[]): string {
  return changes
    .map(({ what, id, before, after }) => {
      const text =
        what === "reworded"
          ? `${printableLine(before ?? "")} → ${printableLine(after ?? "")}`
          : printableLine(after ?? before ?? "");
      return `${marks[what]} ${what.padEnd(11)} ${id.slice(-8).toLowerCase()}  ${text}\n`;
    })
    .join("");
}
