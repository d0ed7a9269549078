import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { frontMatter, isUnedited, parseFact } from "./fact-file.ts";
import { piecesOf } from "./fact-files.ts";
import type { Hash } from "./fact-id.ts";
import { indexFile } from "./render-tree.ts";

export interface Edits {
  readonly entries: readonly MemoryEntry[];
  /** Paths that were changed, added or removed by somebody, with what they hold now. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Files that say nothing that can be read: they stay as they are. */
  readonly problems: readonly string[];
}

/**
 * What somebody changed in the files since the last dream, as entries of the record: a changed fact is forgotten and said
 * anew by that somebody, a removed one forgotten, a new file said for the first time.
 */
export function readEdits(options: {
  readonly files: ReadonlyMap<string, string>;
  readonly tree: ReadonlyMap<string, string>;
  /** Whether a file came with the repository: then its author wrote it, and not the person. */
  readonly isTracked: (path: string) => boolean;
  readonly at: string;
  readonly hash: Hash;
}): Edits {
  const { files, tree, at, hash } = options;
  const forgotten = (piece: string): readonly MemoryEntry[] => {
    const fact = parseFact(piece);
    return fact.ok ? [{ type: "forgot", at, sources: fact.value.sources }] : [];
  };
  const entries: MemoryEntry[] = [];
  const absorbed = new Map<string, string | null>();
  const problems: string[] = [];
  for (const [path, text] of files) {
    if (tree.has(path) || path === indexFile) continue;
    absorbed.set(path, null);
    entries.push(...piecesOf(path, text).flatMap(forgotten));
  }
  for (const [path, text] of tree) {
    if (files.get(path) === text) continue;
    if (path === indexFile) {
      absorbed.set(path, text);
      continue;
    }
    const held = files.get(path);
    const before = held === undefined ? [] : piecesOf(path, held);
    const after = piecesOf(path, text).flatMap((one) => withoutNote(one, before));
    const origin = options.isTracked(path) ? "file" : "user";
    const read = unlike(after, before).map((one) => observationOf(one, { path, origin, at, hash }));
    const problem = read.find((one) => typeof one === "string");
    if (problem !== undefined) {
      problems.push(`memory/${path}: ${problem}; it is left as it is`);
      continue;
    }
    absorbed.set(path, text);
    entries.push(...unlike(before, after).flatMap(forgotten));
    for (const one of read)
      if (typeof one === "object") entries.push({ type: "observed", observation: one });
  }
  return { entries, absorbed, problems };
}

/** What was typed behind a fact whose time is over, as behind the last one of a day, is a note and no change of it. */
function withoutNote(piece: string, before: readonly string[]): readonly string[] {
  const whole = plain(piece);
  const over = before.find((one) => {
    const fact = whole.startsWith(`${plain(one)}\n`) ? parseFact(one) : undefined;
    return fact?.ok === true && fact.value.status !== "active";
  });
  return over === undefined ? [piece] : [over, whole.slice(plain(over).length).trim()];
}

/** An editor that ends its lines otherwise has changed nothing. */
function unlike(pieces: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others.map((one) => plain(one)));
  return pieces.filter((one) => !known.has(plain(one)));
}

function plain(piece: string): string {
  return piece.trim().replaceAll("\r\n", "\n");
}

/** Undefined for a fact that its editor set to another status than active: it is only forgotten. */
function observationOf(
  text: string,
  of: {
    readonly path: string;
    readonly origin: "user" | "file";
    readonly at: string;
    readonly hash: Hash;
  },
): Observation | undefined | string {
  const named = {
    session: `edit-${of.hash(`${of.path}\u0000${text}`).slice(0, 12)}`,
    seq: 0,
    at: of.at,
    origin: of.origin,
  };
  const scope = scopeOf(of.path);
  const fact = parseFact(text);
  if (fact.ok) {
    // A copy of a file that memory wrote says nothing new.
    if (
      isUnedited(fact.value, of.hash) &&
      !of.path.startsWith("archive/") &&
      fact.value.status !== "active"
    )
      return undefined;
    return fact.value.text === "" ? "it says nothing" : fromFact(fact.value, named, scope);
  }
  if (!text.startsWith("---")) {
    const plain = text.trim();
    if (plain === "") return "it is empty";
    return plain.length > 4_000
      ? `it has ${plain.length} characters, more than 4000`
      : { ...named, text: plain, scope };
  }
  const parts = frontMatter(text);
  if (!parts.ok) return parts.error;
  // A new file needs no more than what it says; one that names an id was memory's own, and is broken.
  if ("id" in parts.value.fields || parts.value.text === "") return fact.error;
  const said = (name: string): string | undefined => {
    const value = parts.value.fields[name];
    return typeof value === "string" || typeof value === "number"
      ? String(value).slice(0, 200)
      : undefined;
  };
  return {
    ...named,
    text: parts.value.text.slice(0, 4_000),
    scope,
    subject: said("subject"),
    predicate: said("predicate"),
    value: said("value"),
  };
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
    ...(fact.subject === "" || fact.predicate === "" || fact.value === ""
      ? {}
      : { subject: fact.subject, predicate: fact.predicate, value: fact.value }),
    ...(fact.verify === null ? {} : { verify: fact.verify }),
  };
}

function scopeOf(path: string): string {
  const parts = path.split("/").slice(0, -1);
  if (parts[0] === "archive") parts.shift();
  if (parts[0] === "user") return "user";
  return parts[0] === "agents" && parts[1] !== undefined ? `agents/${parts[1]}` : "project";
}
