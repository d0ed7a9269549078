import { basename } from "node:path/posix";

import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import { changedPieces, type EditedTree, type Piece, pieceOf } from "./changed-pieces.ts";
import { asMeant, saysSame, withFittingKey } from "./edited-fact.ts";
import { isUnedited } from "./fact-file.ts";
import { isDayFile, piecesOf } from "./fact-files.ts";
import { observationIn, scopeIn } from "./observation-in.ts";
import { observationsIn } from "./observations-in.ts";
import { cleanTold, type ToldOfFile } from "./told-of-file.ts";
import { saysNothingIn, whatStays } from "./what-stays.ts";

export interface Edits {
  readonly entries: readonly MemoryEntry[];
  /** Paths that were changed, added or removed by somebody, with what they hold now. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Parts of files of a day that say nothing that can be read, by path: they stay behind what memory writes there. */
  readonly broken: ReadonlyMap<string, string>;
  /** Files that say nothing that can be read: they stay as they are. */
  readonly problems: readonly ToldOfFile[];
  /** What was changed in files and counts for nothing, with the reason: it is put back. */
  readonly stays: readonly ToldOfFile[];
}

/**
 * What somebody changed in the files since the last dream, as entries of the record: a changed fact is forgotten and said
 * anew by that somebody, and stays the fact that it was; a removed one is forgotten, a new file said for the first time. A file with another name or in another folder
 * says what it said; out of the archive, a person says that it holds.
 */
export function readEdits(edited: EditedTree): Edits {
  const { absorbed, broken, problems, gone, come } = changedPieces(edited);
  const known = new Set(gone);
  const places = come.length === 0 ? new Map<string, string>() : placesOfIds(edited.files);
  const entries: MemoryEntry[] = [];
  const stays: ToldOfFile[] = [];
  for (const piece of likeliestFirst(come, gone)) {
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
    for (const why of edited.isTracked(piece.path) ? [] : untaken(piece, from))
      stays.push(
        cleanTold(
          { path: piece.path, id: isDayFile(piece.path) ? fact?.id : undefined, why },
          edited.clean,
        ),
      );
  }
  const forgotten = [...known].flatMap(({ fact, path }): readonly MemoryEntry[] =>
    // Whoever brought a file with the repository decides nothing of what was in its place.
    fact === undefined || (absorbed.get(path) != null && edited.isTracked(path))
      ? []
      : [forgot(fact, edited)],
  );
  return { entries: [...forgotten, ...entries], absorbed, broken, problems, stays };
}

/** Of several that have the id of one fact its own file is that fact, or what was made of it by moving it; the others are copies. */
function likeliestFirst(come: readonly Piece[], gone: readonly Piece[]): readonly Piece[] {
  const byId = new Map(gone.map((one) => [one.fact?.id, one]));
  const distance = ({ path, fact }: Piece): number => {
    const from = fact === undefined ? undefined : byId.get(fact.id);
    if (fact === undefined || from?.fact === undefined || from.path === path) return 0;
    if (saysSame(fact, from.fact)) return 1;
    return basename(path) === basename(from.path) ? 2 : 3;
  };
  return come.toSorted((a, b) => distance(a) - distance(b));
}

function untaken({ path, text, fact }: Piece, from: Piece | undefined): readonly string[] {
  const scope = scopeIn(path);
  if (fact === undefined) return saysNothingIn(text, scope);
  return from?.fact === undefined ? [] : whatStays(text, { fact, before: from.fact, scope });
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
  if (first !== undefined) return said(asMeant(fact, first), path, { ...edited, origin });
  // Memory's own file of a fact that is gone: it is that fact again.
  return said(withFittingKey(fact), path, { ...edited, origin, of: fact.id });
}

function said(
  given: Fact | string,
  path: string,
  {
    at,
    hash,
    origin,
    generation,
    of: fact,
  }: Pick<EditedTree, "at" | "hash" | "generation"> & {
    readonly origin: "user" | "file";
    /** The fact that it says anew. */
    readonly of?: string;
  },
): readonly MemoryEntry[] {
  const read = observationIn(given, { path, origin, at, hash, generation });
  if (typeof read !== "object") return [];
  return [{ type: "observed", observation: fact === undefined ? read : { ...read, fact } }];
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
    said({ ...one, status: "active" }, path, { ...edited, origin: "user", of: from.fact.id });
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
