import type { SourceKey } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import { pathsDown } from "../paths-down.ts";
import type { Clean } from "../secrets/redact-value.ts";
import { folded } from "./edited-fact.ts";
import { parseFact } from "./fact-file.ts";
import { type FilePart, guardedPart, isDayFile, partsOf, piecesOf } from "./fact-files.ts";
import type { Hash } from "./fact-id.ts";
import { isGarbled } from "./is-garbled.ts";
import { hasConflict, hasFields, observationIn } from "./observation-in.ts";
import { indexFile } from "./render-tree.ts";
import { instructs } from "./safety/instructs.ts";
import { cleanTold, type ToldOfFile } from "./told-of-file.ts";

export interface EditedTree {
  /** As the latest dream left them. */
  readonly files: ReadonlyMap<string, string>;
  /** As they are now. */
  readonly tree: ReadonlyMap<string, string>;
  /** Files and folders of which nothing is known now. */
  readonly unread: ReadonlySet<string>;
  /** Whether a file came with the repository: then its author wrote it, and not the person. */
  readonly isTracked: (path: string) => boolean;
  /** Whether the inbox has an observation that nobody forgot. */
  readonly isSaid: (source: SourceKey) => boolean;
  /** The generation that holds: what is written again after it was forgotten is said again. */
  readonly generation: number;
  readonly at: string;
  readonly hash: Hash;
  /** What is told of a file names what stands in it, and that may be a secret. */
  readonly clean: Clean;
}

/** A fact's text in a file, or what somebody wrote there. */
export interface Piece {
  readonly path: string;
  readonly text: string;
  readonly fact: Fact | undefined;
}

export interface ChangedPieces {
  /** Paths that were changed, added or removed by somebody, with what they hold now. */
  readonly absorbed: ReadonlyMap<string, string | null>;
  /** Parts of files of a day that cannot be read, as they stand there. */
  readonly broken: ReadonlyMap<string, string>;
  readonly problems: readonly ToldOfFile[];
  readonly gone: readonly Piece[];
  readonly come: readonly Piece[];
}

/** What is not any more as the latest dream left it, and what is there that it did not leave. */
export function changedPieces(edited: EditedTree): ChangedPieces {
  const { files, tree } = edited;
  const absorbed = new Map<string, string | null>();
  const broken = new Map<string, string>();
  const problems: ToldOfFile[] = [];
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
    const changed = changedIn({ path, text, held }, edited);
    const way = held === undefined ? "" : `; skein memory restore ${path} gives your change up`;
    for (const why of changed.problems)
      problems.push(cleanTold({ path, why, end: `; ${changed.end}${way}` }, edited.clean));
    if (changed.broken !== "") broken.set(path, changed.broken);
    if (changed.isLeft) continue;
    absorbed.set(path, text);
    gone.push(...changed.gone);
    come.push(...changed.come);
  }
  return { absorbed, broken, problems, gone, come };
}

interface ChangedFile {
  readonly path: string;
  readonly text: string;
  /** As the latest dream left it. */
  readonly held: string | undefined;
}

/** What changed in one file. Where nothing but what cannot be read did, it is left as it is. */
function changedIn(
  file: ChangedFile,
  edited: EditedTree,
): Pick<ChangedPieces, "gone" | "come"> & {
  /** What is wrong, and what becomes of each of it. */
  readonly problems: readonly string[];
  readonly end: string;
  readonly isLeft: boolean;
  readonly broken: string;
} {
  const { path, text, held = "" } = file;
  const before = piecesOf(path, held);
  const parts = partsOf(path, text).flatMap((one) => withoutNote(one, before));
  const fresh = unlike(parts, before);
  const wrong = new Map(
    fresh.flatMap((part) => {
      const why = whyBroken(part.text, { path, before }, edited);
      return why === undefined ? [] : [[part, why] as const];
    }),
  );
  // The marks of a conflict are between parts, and nobody can tell which of them are meant.
  const isWhole = !isDayFile(path) || (hasConflict(text) && !hasConflict(held));
  const [first] = wrong.values();
  if (isWhole && first !== undefined) return left(first);
  const come = fresh.filter((part) => !wrong.has(part)).map((one) => pieceOf(path, one.text));
  const there = new Set(parts.map((one) => plain(one.text)));
  const isOver = isGone([...wrong.keys()], come);
  const gone = before
    .map((one) => pieceOf(path, one))
    .filter((one) => isOver(one, there.has(plain(one.text))));
  const problems = [...wrong.values()];
  const broken = [...wrong.keys()].map(({ raw }) => raw).join("");
  const isLeft = wrong.size > 0 && come.length + gone.length === 0;
  return { problems, end: "that part is left as it is", broken, gone, come, isLeft };
}

function left(why: string): ReturnType<typeof changedIn> {
  const end = "it is left as it is";
  return { problems: [why], end, broken: "", gone: [], come: [], isLeft: true };
}

/**
 * What is there in other words is gone as it was, also where it is beside them: a broken part was mended. What is missing may be what is
 * broken, unless that has an id which can still be read.
 */
function isGone(
  broken: readonly FilePart[],
  come: readonly Piece[],
): (piece: Piece, isThere: boolean) => boolean {
  const ids = broken.map(({ text }) => /^id: *"?(\w{26})\b/m.exec(text)?.[1]);
  const others = new Set(come.flatMap(({ fact }) => fact?.id ?? []));
  return ({ fact }, isThere) =>
    (fact !== undefined && others.has(fact.id)) ||
    (!isThere && !ids.includes(undefined) && !ids.includes(fact?.id));
}

function whyBroken(
  text: string,
  { path, before }: { readonly path: string; readonly before: readonly string[] },
  edited: EditedTree,
): string | undefined {
  if (isGarbled(text) && !before.some(isGarbled)) return "it is no UTF-8 text";
  const { fact } = pieceOf(path, text);
  if (isDayFile(path) && fact !== undefined && hasFields(fact.text))
    return "a part has no front matter between two lines of ---";
  const read = observationIn(text, { ...edited, path, origin: "user" });
  return typeof read === "string" ? read : whyHeld(text, before);
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

export function pieceOf(path: string, text: string): Piece {
  const fact = parseFact(text);
  return { path, text, fact: fact.ok ? fact.value : undefined };
}

/** A file may be there, or below a folder, that could not be read: it is not gone. */
function isUnread(path: string, unread: ReadonlySet<string>): boolean {
  return pathsDown(path).some((part) => unread.has(part));
}

/** What was typed behind a fact whose time is over, as behind the last one of a day, is a note and no change of it. */
function withoutNote(part: FilePart, before: readonly string[]): readonly FilePart[] {
  const whole = plain(part.text);
  const over = before.find((one) => {
    const fact = whole.startsWith(`${plain(one)}\n`) ? parseFact(one) : undefined;
    return fact?.ok === true && fact.value.status !== "active";
  });
  return over === undefined
    ? [part]
    : [{ text: over, raw: over }, guardedPart(whole.slice(plain(over).length).trim())];
}

/** An editor that ends its lines otherwise has changed nothing. */
function unlike(parts: readonly FilePart[], others: readonly string[]): readonly FilePart[] {
  const known = new Set(others.map((one) => plain(one)));
  return parts.filter(({ text }) => !known.has(plain(text)));
}

function plain(piece: string): string {
  return piece.trim().replaceAll("\r\n", "\n");
}
