import type { MemoryEntry, SourceKey } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import { asMeant, folded, saysSame, withFittingKey } from "./edited-fact.ts";
import { isUnedited, parseFact } from "./fact-file.ts";
import { piecesOf } from "./fact-files.ts";
import type { Hash } from "./fact-id.ts";
import { observationIn, scopeIn } from "./observation-in.ts";
import { observationsIn } from "./observations-in.ts";
import { indexFile } from "./render-tree.ts";
import { instructs } from "./safety/instructs.ts";
import { whatStays } from "./what-stays.ts";

export interface Edits {
  readonly entries: readonly MemoryEntry[];
  /** Paths that were changed, added or removed by somebody, with what they hold now. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Ids of facts that were said in other words, by the session of what says them now. */
  readonly reworded: ReadonlyMap<string, string>;
  /** Files that say nothing that can be read: they stay as they are. */
  readonly problems: readonly string[];
  /** What was changed in files and counts for nothing, with the reason: it is put back. */
  readonly stays: readonly string[];
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
  /** Whether the inbox has an observation. */
  readonly isSaid: (source: SourceKey) => boolean;
  /** The generation that holds: what is written again after it was forgotten is said again. */
  readonly generation: number;
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
  const { absorbed, problems, gone, come } = changedPieces(edited);
  const known = new Set(gone);
  const places = come.length === 0 ? new Map<string, string>() : placesOfIds(edited.files);
  const entries: MemoryEntry[] = [];
  const reworded = new Map<string, string>();
  const stays: string[] = [];
  for (const piece of come) {
    const { fact } = piece;
    const from = [...known].find((one) => fact !== undefined && one.fact?.id === fact.id);
    if (from !== undefined && !edited.isTracked(piece.path)) known.delete(from);
    const said =
      from?.fact !== undefined && fact !== undefined && !edited.isTracked(piece.path)
        ? edit({ piece, fact, from: { ...from, fact: from.fact } }, edited)
        : isCopy(piece, places, edited)
          ? []
          : observed(piece, places, edited);
    entries.push(...said);
    if (from?.fact !== undefined && fact !== undefined && !edited.isTracked(piece.path))
      for (const why of whatStays(fact, from.fact, scopeIn(piece.path)))
        stays.push(`memory/${piece.path}: ${why}`);
    for (const one of said)
      if (one.type === "observed" && fact !== undefined)
        reworded.set(fact.id, one.observation.session);
  }
  const forgotten = [...known].flatMap(({ fact, path }): readonly MemoryEntry[] =>
    // Whoever brought a file with the repository decides nothing of what was in its place.
    fact === undefined || (absorbed.get(path) != null && edited.isTracked(path))
      ? []
      : [forgot(fact, edited)],
  );
  return { entries: [...forgotten, ...entries], absorbed, reworded, problems, stays };
}

/** What is not any more as the latest dream left it, and what is there that it did not leave. */
function changedPieces(edited: EditedTree): Pick<Edits, "absorbed" | "problems"> & {
  readonly gone: readonly Piece[];
  readonly come: readonly Piece[];
} {
  const { files, tree } = edited;
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
      : fresh
          .map((one) => problemIn(one, path, edited) ?? whyHeld(one, before))
          .find((one) => one !== undefined);
    if (problem !== undefined) {
      const way = held === undefined ? "" : `; skein memory restore ${path} gives your change up`;
      problems.push(`memory/${path}: ${problem}; it is left as it is${way}`);
      continue;
    }
    absorbed.set(path, text);
    gone.push(...unlike(before, after).map((one) => pieceOf(path, one)));
    come.push(...fresh.map((one) => pieceOf(path, one)));
  }
  return { absorbed, problems, gone, come };
}

function problemIn(text: string, path: string, edited: EditedTree): string | undefined {
  const read = observationIn(text, { ...edited, path, origin: "user" });
  return typeof read === "string" ? read : undefined;
}

/** Other words for what is held back do not free it, as long as they ask for the same: a person has to say so. */
function whyHeld(text: string, before: readonly string[]): string | undefined {
  const fact = parseFact(text);
  if (!fact.ok) return undefined;
  const held = before
    .map((one) => parseFact(one))
    .find((one) => one.ok && one.value.id === fact.value.id);
  if (held?.ok !== true || held.value.status !== "quarantined") return undefined;
  if (folded(held.value.text) === folded(fact.value.text)) return undefined;
  const why = instructs(fact.value.text, "file");
  return why === undefined
    ? undefined
    : `it is held back (${why}); say with skein memory add what you mean`;
}

function pieceOf(path: string, text: string): Piece {
  const fact = parseFact(text);
  return { path, text, fact: fact.ok ? fact.value : undefined };
}

function forgot({ sources }: Fact, { at }: EditedTree): MemoryEntry {
  return { type: "forgot", at, sources };
}

/** A fact's observations, and what is said in their place. */
function replaced(
  { sources }: Fact,
  fresh: readonly MemoryEntry[],
  { at }: EditedTree,
): readonly MemoryEntry[] {
  const [said] = observationsIn(fresh);
  const instead = said === undefined ? {} : { instead: { session: said.session, seq: said.seq } };
  return [{ type: "forgot", at, sources, ...instead }, ...fresh];
}

function observed(
  { path, text, fact }: Piece,
  places: ReadonlyMap<string, string>,
  edited: EditedTree,
): readonly MemoryEntry[] {
  const origin = edited.isTracked(path) ? "file" : "user";
  if (fact === undefined) return said(text, path, { ...edited, origin });
  // A copy that was edited says what its words say.
  const place = places.get(fact.id) ?? "";
  const first = piecesOf(place, edited.files.get(place) ?? "")
    .map((one) => pieceOf(place, one).fact)
    .find((one) => one?.id === fact.id);
  const meant = first === undefined ? withFittingKey(fact) : asMeant(fact, first);
  return said(meant, path, { ...edited, origin });
}

function said(
  given: Fact | string,
  path: string,
  {
    at,
    hash,
    origin,
    generation,
  }: Pick<EditedTree, "at" | "hash" | "generation"> & { readonly origin: "user" | "file" },
): readonly MemoryEntry[] {
  const observation = observationIn(given, { path, origin, at, hash, generation });
  return typeof observation === "object" ? [{ type: "observed", observation }] : [];
}

/** What a person says who changed a fact, or put it elsewhere. */
function edit(
  {
    piece,
    fact,
    from,
  }: { readonly piece: Piece; readonly fact: Fact; readonly from: Piece & { readonly fact: Fact } },
  edited: EditedTree,
): readonly MemoryEntry[] {
  const { path } = piece;
  const anew = (one: Fact): readonly MemoryEntry[] =>
    said({ ...one, status: "active" }, path, { ...edited, origin: "user" });
  const instead = (one: Fact): readonly MemoryEntry[] => replaced(from.fact, anew(one), edited);
  const [isOver, wasOver] = [path, from.path].map((one) => one.startsWith("archive/"));
  const isOff =
    (from.fact.status === "active" && fact.status !== "active") ||
    (isOver === true && wasOver === false);
  if (!saysSame(fact, from.fact))
    return isOff ? [forgot(from.fact, edited)] : instead(asMeant(fact, from.fact));
  const isIn = isOver === false && wasOver === true;
  if (isOff) return [forgot(from.fact, edited)];
  if (isIn || (from.fact.status !== "active" && fact.status === "active"))
    return from.fact.status === "quarantined"
      ? [{ type: "reviewed", at: edited.at, verdict: "accepted", sources: fact.sources }]
      : instead(fact);
  return scopeIn(path) === scopeIn(from.path) ? [] : instead(fact);
}

/** A file may be there, or below a folder, that could not be read: it is not gone. */
function isUnread(path: string, unread: ReadonlySet<string>): boolean {
  return path.split("/").some((_, at, parts) => unread.has(parts.slice(0, at + 1).join("/")));
}

/** What an editor or a program wrote in another encoding is read as signs that stand for what cannot be read. */
function isGarbled(text: string, held = ""): boolean {
  return /[\uFFFD\0]/.test(text) && !/[\uFFFD\0]/.test(held);
}

/** A copy of what memory wrote says nothing new; neither does what memory wrote of which it has no generation any more. */
function isCopy(
  { fact, path }: Piece,
  places: ReadonlyMap<string, string>,
  { hash, isSaid }: EditedTree,
): boolean {
  if (fact === undefined || !isUnedited(fact, hash) || scopeIn(path) !== fact.scope) return false;
  const place = places.get(fact.id);
  return place === undefined ? fact.sources.every(isSaid) : place !== path;
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
