import type { Fact } from "../../model/memory-fact.ts";
import { type Observation, observationSchema } from "../../model/memory-observation.ts";
import { boundedAt } from "./claim/key-vocabulary.ts";
import { frontMatter, parseFact, renderFact } from "./fact-file.ts";
import type { Hash } from "./fact-id.ts";
import { wrongField } from "./field-words.ts";
import { saidKey } from "./said-key.ts";

const charsMax = 4_000;
/** What somebody wrote into a file of memory is of a session of its own. */
export const editedSession = "edit-";

export interface WrittenIn {
  /** Below `.skein/memory`. */
  readonly path: string;
  readonly origin: "user" | "file";
  /** The generation that it was written over. */
  readonly generation: number;
  readonly at: string;
  readonly hash: Hash;
}

/**
 * What somebody says who wrote this into a file of memory; why it cannot be read, in a few words; undefined for a fact that its
 * editor set to another status than active: it is only forgotten.
 */
export function observationIn(
  given: string | Fact,
  of: WrittenIn,
): Observation | undefined | string {
  const text = typeof given === "string" ? given.replace(/^\uFEFF/, "") : renderFact(given);
  const named = {
    session: `${editedSession}${of.hash(`${of.path}\u0000${of.generation}\u0000${text}`).slice(0, 12)}`,
    seq: 0,
    at: of.at,
    origin: of.origin,
  };
  const scope = scopeIn(of.path);
  if (hasConflict(text)) return "it has the marks of a conflict";
  const fact = parseFact(text);
  if (fact.ok) {
    return fact.value.text === "" ? "it says nothing" : fromFact(fact.value, named, scope);
  }
  if (!text.startsWith("---")) return fromProse(text.trim(), { ...named, scope });
  const parts = frontMatter(text);
  if (!parts.ok) return parts.error;
  // A new file needs no more than what it says; one that names an id was memory's own, and is broken.
  if ("id" in parts.value.fields || parts.value.text === "") return fact.error;
  const said = (name: string): string | undefined => {
    const value = parts.value.fields[name];
    return typeof value === "string" || typeof value === "number"
      ? String(value).slice(0, 200).toWellFormed()
      : undefined;
  };
  if (parts.value.text.length > charsMax) return tooLong(parts.value.text);
  if (isOfOther(parts.value.fields, parts.value.text))
    return { ...named, text: parts.value.text, scope };
  const more = besideKey.safeParse(parts.value.fields);
  if (!more.success) {
    const [issue] = more.error.issues;
    return issue === undefined ? fact.error : wrongField(issue, parts.value.fields);
  }
  return {
    ...named,
    text: parts.value.text,
    scope,
    ...more.data,
    ...saidKey({ subject: said("subject"), predicate: said("predicate"), value: said("value") }),
  };
}

const besideKey = observationSchema.pick({ kind: true, qualifiers: true, verify: true });

/** A file of memory's own that somebody copied, and wrote something else into, has the key of the other. */
function isOfOther(fields: Readonly<Record<string, unknown>>, text: string): boolean {
  const isCopied = "hash" in fields || "sources" in fields;
  const { value } = fields;
  return (
    isCopied &&
    (typeof value !== "string" || boundedAt(text.toLowerCase(), value.toLowerCase()) === -1)
  );
}

/** Fields that a file of memory begins with, and nothing that somebody says. */
const field = /^(?:id|evidence|observed_at|sources|hash|confidence): ?\S/m;
const conflict = /^(?:<{7}|>{7})(?: |$)/m;

/** Whether somebody has to say which side is meant. */
export function hasConflict(text: string): boolean {
  return conflict.test(text);
}

/** Whether something says what a file of memory begins with. */
export function hasFields(text: string): boolean {
  return field.test(text);
}

function fromProse(
  text: string,
  named: Pick<Observation, "session" | "seq" | "at" | "origin" | "scope">,
): Observation | string {
  if (text === "") return "it is empty";
  if (hasFields(text)) return "it has no front matter between two lines of ---";
  return text.length > charsMax ? tooLong(text) : { ...named, text };
}

function tooLong(text: string): string {
  return `it has ${text.length} characters, more than ${charsMax}`;
}

function fromFact(
  fact: Fact,
  named: Pick<Observation, "session" | "seq" | "at" | "origin">,
  scope: string,
): Observation | undefined {
  if (fact.status !== "active") return undefined;
  return {
    ...named,
    text: fact.text,
    scope,
    kind: fact.kind,
    qualifiers: fact.qualifiers,
    ...saidKey(fact),
    ...(fact.verify === null ? {} : { verify: fact.verify }),
  };
}

/** The scope of what lies at a path below `.skein/memory`. */
export function scopeIn(path: string): string {
  const parts = path.split("/").slice(0, -1);
  if (parts[0] === "archive") parts.shift();
  if (parts[0] === "user") return "user";
  return parts[0] === "agents" && parts[1] !== undefined ? `agents/${parts[1]}` : "project";
}
