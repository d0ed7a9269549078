import { type Fact, factSchema } from "../../model/memory-fact.ts";
import { frontMatter } from "./fact-file.ts";

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
const ofStatus = ["valid_to", "supersedes", "superseded_by"] as const;
/** Where a file does not name them they follow from another date. */
const dates: ReadonlySet<string> = new Set(["valid_from", "recorded_at"]);

/**
 * What somebody changed in a fact's file that says nothing there, each in a sentence: a person who wrote it has to hear that it was not
 * taken, and what would be. `scope` is that of the file's folder.
 */
export function whatStays(
  text: string,
  { fact, before, scope }: { readonly fact: Fact; readonly before: Fact; readonly scope: string },
): readonly string[] {
  const fields = fieldsOf(text);
  const isHeld = before.status !== "active" && fact.status !== "active";
  const differs = (name: keyof Fact): boolean =>
    JSON.stringify(fact[name]) !== JSON.stringify(before[name]);
  const counted = [...workedOut, ...(fact.status === before.status ? ofStatus : [])].filter(
    (name) => differs(name) && (!dates.has(name) || name in fields),
  );
  return [
    ...(differs("scope") ? ofScope(fact.scope, scope) : []),
    ...(isHeld && (differs("status") || (differs("kind") && fact.text === before.text))
      ? [`it stays ${before.status}, and what it was: set status to active if it holds`]
      : []),
    ...(counted.length === 0
      ? []
      : [
          counted.length === 1
            ? `${counted[0]} stays as it was: memory works it out itself`
            : `${counted.join(", ")} stay as they were: memory works them out itself`,
        ]),
    ...(differs("review") && fact.status === before.status
      ? ["review stays as it was: skein memory review --accept or --reject says whether it holds"]
      : []),
    ...noFields(fields),
  ];
}

/** The same for a new file, which is no fact yet. */
export function saysNothingIn(text: string, scope: string): readonly string[] {
  const fields = fieldsOf(text);
  const given = fields["scope"];
  const counted = [...workedOut, ...ofStatus, "status", "review"].filter((name) => name in fields);
  return [
    ...(typeof given === "string" ? ofScope(given, scope) : []),
    ...(counted.length === 0
      ? []
      : [
          counted.length === 1
            ? `${counted[0]} says nothing in a new file: memory works it out itself`
            : `${counted.join(", ")} say nothing in a new file: memory works them out itself`,
        ]),
    ...noFields(fields),
  ];
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  const parts = frontMatter(text);
  return parts.ok ? parts.value.fields : {};
}

function ofScope(given: string, scope: string): readonly string[] {
  if (given === scope) return [];
  return [`scope stays ${scope}: the folder of a file says it; move it to ${given}/ for that`];
}

function noFields(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(fields)
    .filter((name) => !Object.hasOwn(factSchema.shape, name))
    .map((name) => `${name} is no field of a fact and says nothing`);
}
