import type { Fact } from "../../model/memory-fact.ts";
import { printableLine } from "../printable.ts";
import { saidElsewhere } from "./said-elsewhere.ts";
import { sourceName } from "./source-name.ts";

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
    | "changed"
    | "restored"
    | "gone";
  readonly id: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What is different beside its words, where it was reworded or changed: "kind: fact → decision"; what other scopes say ("user says 80"); of one that is gone what it is part of now. */
  readonly fields: readonly string[];
}

/** What a dream changed, fact by fact, in the order of ids. */
export function changesOf(before: readonly Fact[], after: readonly Fact[]): readonly Change[] {
  const fresh = new Map(after.map((fact) => [fact.id, fact]));
  const old = new Map(before.map((fact) => [fact.id, fact]));
  const ids = [...new Set([...old.keys(), ...fresh.keys()])].toSorted();
  const saidBy = new Map(
    after.flatMap(({ id, sources }) => sources.map((one) => [sourceName(one), id] as const)),
  );
  const others = saidElsewhere(after);
  const elsewhere = (fact: Fact): readonly string[] =>
    others(fact).map(({ scope, value }) => `${scope} says ${value}`);
  return ids.flatMap((id) => {
    const [a, b] = [old.get(id), fresh.get(id)];
    const what = changeOf(a, b);
    if (what === undefined) return [];
    const fields =
      b === undefined
        ? mergedInto(a, saidBy)
        : [...fieldsOf(what, a, b), ...(isSaidAnew.has(what) ? elsewhere(b) : [])];
    return [{ what, id, before: a?.text, after: b?.text, fields }];
  });
}

/** A fact that is gone is still said where another one has what it was made of. */
function mergedInto(
  gone: Fact | undefined,
  saidBy: ReadonlyMap<string, string>,
): readonly string[] {
  const [into] = (gone?.sources ?? []).flatMap((one) => saidBy.get(sourceName(one)) ?? []);
  return into === undefined ? [] : [`merged into ${into.slice(-8).toLowerCase()}`];
}

const isSaidAnew: ReadonlySet<Change["what"]> = new Set([
  "new",
  "holds",
  "restored",
  "reworded",
  "changed",
]);

/** With other words its key is another one, too. */
const besideWords = ["kind", "scope", "qualifiers", "verify"] as const;
const allFields = ["kind", "scope", "subject", "predicate", "qualifiers", "verify"] as const;

function fieldsOf(
  what: Change["what"],
  a: Fact | undefined,
  b: Fact | undefined,
): readonly string[] {
  if (a === undefined || b === undefined || (what !== "reworded" && what !== "changed")) return [];
  return (what === "changed" ? allFields : besideWords).flatMap((name) => {
    const [was, is] = [fieldText(a[name]), fieldText(b[name])];
    return was === is ? [] : [`${name}: ${was} → ${is}`];
  });
}

function fieldText(value: Fact[(typeof allFields)[number]]): string {
  const text =
    typeof value === "string"
      ? value
      : Object.entries(value ?? {})
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, held]) => `${name}=${held}`)
          .join(" ");
  return text === "" ? "none" : text;
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
  if (a.support < b.support || a.sources.length < b.sources.length) return "merged";
  return fieldsOf("changed", a, b).length > 0 ? "changed" : undefined;
}

const marks: Readonly<Record<Change["what"], string>> = {
  new: "+",
  restored: "+",
  holds: "+",
  merged: "=",
  reworded: "~",
  changed: "~",
  superseded: "-",
  expired: "-",
  gone: "-",
  quarantined: "?",
  waits: "?",
};

/** A line for each change, as a diff reads. */
export function tellChanges(changes: readonly Change[]): string {
  return changes
    .map(({ what, id, before, after, fields }) => {
      const text =
        what === "reworded"
          ? `${printableLine(before ?? "")} → ${printableLine(after ?? "")}`
          : printableLine(after ?? before ?? "");
      const more = fields.length === 0 ? "" : ` (${printableLine(fields.join(", "))})`;
      return `${marks[what]} ${what.padEnd(11)} ${id.slice(-8).toLowerCase()}  ${text}${more}\n`;
    })
    .join("");
}
