import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import type { Observation } from "../../model/memory-observation.ts";
import { isUnedited, parseFact } from "./fact-file.ts";
import { piecesOf } from "./fact-files.ts";
import type { Hash } from "./fact-id.ts";
import { observationIn, scopeIn } from "./observation-in.ts";
import { indexFile } from "./render-tree.ts";

export interface Edits {
  readonly entries: readonly MemoryEntry[];
  /** Paths that were changed, added or removed by somebody, with what they hold now. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Ids of facts that were said in other words, by the session of what says them now. */
  readonly reworded: ReadonlyMap<string, string>;
  /** Files that say nothing that can be read: they stay as they are. */
  readonly problems: readonly string[];
}

export interface EditedTree {
  /** As the latest dream left them. */
  readonly files: ReadonlyMap<string, string>;
  /** As they are now. */
  readonly tree: ReadonlyMap<string, string>;
  /** Files and folders of which nothing is known now. */
  readonly unread: ReadonlySet<string>;
  /** Whether a file came with the repository: then its author wrote it, and not the person. */
  readonly isTracked: (path: string) => boolean;
  readonly at: string;
  readonly hash: Hash;
}

/** A fact's text in a file, or what somebody wrote there. */
interface Piece {
  readonly path: string;
  readonly text: string;
  readonly fact: Fact | undefined;
}

/**
 * What somebody changed in the files since the last dream, as entries of the record: a changed fact is forgotten and said
 * anew by that somebody, a removed one forgotten, a new file said for the first time. A file with another name or in another folder
 * says what it said; out of the archive, a person says that it holds.
 */
export function readEdits(edited: EditedTree): Edits {
  const { files, tree, at } = edited;
  const absorbed = new Map<string, string | null>();
  const problems: string[] = [];
  const gone: Piece[] = [];
  const come: Piece[] = [];
  for (const [path, text] of files) {
    if (tree.has(path) || isUnread(path, edited.unread)) continue;
    absorbed.set(path, null);
    if (path !== indexFile) gone.push(...piecesOf(path, text).map((one) => pieceOf(path, one)));
  }
  for (const [path, text] of tree) {
    const held = files.get(path);
    if (held === text) continue;
    if (path === indexFile) {
      absorbed.set(path, text);
      continue;
    }
    const before = held === undefined ? [] : piecesOf(path, held);
    const after = piecesOf(path, text).flatMap((one) => withoutNote(one, before));
    const fresh = unlike(after, before);
    const problem = isGarbled(text, held)
      ? "it is no UTF-8 text"
      : fresh.map((one) => problemIn(one, path, edited)).find((one) => one !== undefined);
    if (problem !== undefined) {
      const way = held === undefined ? "" : ` (skein memory restore ${path} brings it back)`;
      problems.push(`memory/${path}: ${problem}; it is left as it is${way}`);
      continue;
    }
    absorbed.set(path, text);
    gone.push(...unlike(before, after).map((one) => pieceOf(path, one)));
    come.push(...fresh.map((one) => pieceOf(path, one)));
  }
  const known = new Set(gone);
  const places = come.length === 0 ? new Map<string, string>() : placesOfIds(files);
  const entries: MemoryEntry[] = [];
  const reworded = new Map<string, string>();
  for (const piece of come) {
    const from = edited.isTracked(piece.path) ? undefined : movedFrom(piece, known);
    if (from !== undefined) {
      known.delete(from);
      entries.push(...moved(piece, from, edited));
      continue;
    }
    if (isCopy(piece, places, edited)) continue;
    const observation = observationOf(piece, edited);
    if (observation === undefined) continue;
    entries.push({ type: "observed", observation });
    if (piece.fact !== undefined) reworded.set(piece.fact.id, observation.session);
  }
  const forgotten = [...known].flatMap(({ fact }): readonly MemoryEntry[] =>
    fact === undefined ? [] : [{ type: "forgot", at, sources: fact.sources }],
  );
  return { entries: [...forgotten, ...entries], absorbed, reworded, problems };
}

function problemIn(text: string, path: string, { at, hash }: EditedTree): string | undefined {
  const read = observationIn(text, { path, origin: "user", at, hash });
  return typeof read === "string" ? read : undefined;
}

function pieceOf(path: string, text: string): Piece {
  const fact = parseFact(text);
  return { path, text, fact: fact.ok ? fact.value : undefined };
}

function observationOf({ path, text }: Piece, edited: EditedTree): Observation | undefined {
  const { at, hash } = edited;
  const origin = edited.isTracked(path) ? "file" : "user";
  const read = observationIn(text, { path, origin, at, hash });
  return typeof read === "string" ? undefined : read;
}

/** A file may be there, or below a folder, that could not be read: it is not gone. */
function isUnread(path: string, unread: ReadonlySet<string>): boolean {
  return path.split("/").some((_, at, parts) => unread.has(parts.slice(0, at + 1).join("/")));
}

/** What an editor or a program wrote in another encoding is read as signs that stand for what cannot be read. */
function isGarbled(text: string, held = ""): boolean {
  return /[\uFFFD\0]/.test(text) && !/[\uFFFD\0]/.test(held);
}

function movedFrom({ fact, text }: Piece, gone: ReadonlySet<Piece>): Piece | undefined {
  if (fact === undefined) return undefined;
  return [...gone].find((one) => one.fact?.id === fact.id && plain(one.text) === plain(text));
}

/** The same fact somewhere else: in another folder of its scope it is the same; elsewhere it says more than that. */
function moved(piece: Piece, from: Piece, edited: EditedTree): readonly MemoryEntry[] {
  const { at, hash } = edited;
  const { fact, path } = piece;
  if (fact === undefined) return [];
  const said = (one: Fact): readonly MemoryEntry[] => {
    const observation = observationIn(one, { path, origin: "user", at, hash });
    return typeof observation === "object" ? [{ type: "observed", observation }] : [];
  };
  const [isOver, wasOver] = [piece, from].map(({ path }) => path.startsWith("archive/"));
  const forgotten = { type: "forgot", at, sources: fact.sources } as const;
  if (isOver === true) return wasOver === true ? [] : [forgotten];
  if (wasOver === true)
    return fact.status === "quarantined"
      ? [{ type: "reviewed", at, verdict: "accepted", sources: fact.sources }]
      : said({ ...fact, status: "active" });
  return scopeIn(piece.path) === scopeIn(from.path) ? [] : [forgotten, ...said(fact)];
}

/** A copy of what memory wrote says nothing new. */
function isCopy(
  { fact, path }: Piece,
  places: ReadonlyMap<string, string>,
  { hash }: EditedTree,
): boolean {
  if (fact === undefined || !isUnedited(fact, hash)) return false;
  const place = places.get(fact.id);
  return place !== undefined && place !== path && scopeIn(path) === fact.scope;
}

/** The file that each fact lies in, by its id. */
function placesOfIds(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    [...files].flatMap(([path, text]) =>
      [...text.matchAll(/^id: "?([\w-]+)/gm)].map(([, id = ""]) => [id, path] as const),
    ),
  );
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
