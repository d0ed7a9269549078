import { parseDocument } from "yaml";

import { type Fact, factSchema } from "../../model/memory-fact.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { hashOf } from "./fact-hash.ts";
import type { Hash } from "./fact-id.ts";
import { readOwnLines, writeOwnLines } from "./fact-lines.ts";
import { wrongFields } from "./field-words.ts";

/** Largest file that is read as a fact, in characters. */
const charsMax = 16_000;
const front = /^---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)([\s\S]*)$/;

/** What a field is when the file does not name it: files stay short. */
const unsaid = {
  kind: "fact",
  scope: "project",
  status: "active",
  subject: "",
  predicate: "",
  value: "",
  qualifiers: {},
  valid_to: null,
  support: 1,
  last_used: null,
  use_count: 0,
  supersedes: [],
  superseded_by: null,
  verify: null,
  review: null,
} as const;

/** What follows from when a fact was first observed, unless the file says otherwise. */
function datesOf(observed: unknown): Readonly<Record<string, unknown>> {
  return typeof observed === "string"
    ? { valid_from: observed.slice(0, 10), recorded_at: observed }
    : {};
}

/** A fact as its file: front matter in YAML, then what it says. */
export function renderFact(fact: Fact): string {
  const { text, ...fields } = fact;
  const known: Readonly<Record<string, unknown>> = { ...unsaid, ...datesOf(fact.observed_at) };
  const told = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(known[name]),
  );
  return `---\n${writeOwnLines(told)}---\n${text}\n`;
}

/** Reads a file that memory wrote, or that a person edited; what is wrong with it is said in a few words. */
export function parseFact(file: string): Result<Fact, string> {
  const parts = frontMatter(file);
  if (!parts.ok) return parts;
  const parsed = factSchema.safeParse({
    ...unsaid,
    ...datesOf(parts.value.fields["observed_at"]),
    hash: "",
    ...parts.value.fields,
    text: parts.value.text,
  });
  if (parsed.success) return ok(parsed.data);
  return err(wrongFields(parsed.error.issues, parts.value.fields));
}

/** Whether a fact is as memory wrote it. */
export function isUnedited(fact: Fact, hash: Hash): boolean {
  return hashOf(fact, hash) === fact.hash;
}

export function frontMatter(
  file: string,
): Result<{ readonly fields: Readonly<Record<string, unknown>>; readonly text: string }, string> {
  if (file.length > charsMax) return err(`it has ${file.length} characters, more than ${charsMax}`);
  const [, yaml, text] = front.exec(file.replace(/^\uFEFF/, "")) ?? [];
  if (yaml === undefined || text === undefined)
    return err("it has no front matter between two lines of ---");
  const own = readOwnLines(yaml);
  if (own !== undefined) return ok({ fields: asWritten(own, yaml), text: text.trim() });
  const document = parseDocument(yaml, {
    merge: false,
    uniqueKeys: true,
    prettyErrors: false,
    version: "1.2",
  });
  const [problem] = document.errors;
  if (problem !== undefined)
    return err(problem.message.split("\n")[0] ?? "its front matter is no YAML");
  let fields: unknown;
  try {
    fields = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    return err("its front matter holds no fields");
  return ok({ fields: asWritten({ ...fields }, yaml), text: text.trim() });
}

/** A key's words are text, however YAML reads them: who writes `value: 1.10` means that, and not 1.1. */
function asWritten(
  fields: Readonly<Record<string, unknown>>,
  yaml: string,
): Readonly<Record<string, unknown>> {
  const key = ["subject", "predicate", "value"].flatMap((name) => {
    const value = fields[name];
    if (value === null) return [[name, ""]];
    if (typeof value !== "number" && typeof value !== "boolean") return [];
    const written = new RegExp(`^${name}:[ \\t]*(\\S+)`, "m").exec(yaml)?.[1];
    return [[name, written ?? String(value)]];
  });
  return { ...fields, ...Object.fromEntries(key) };
}
