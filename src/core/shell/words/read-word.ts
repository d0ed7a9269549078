import {
  type DoubleQuotedChild,
  parse,
  type ParameterExpansionPart,
  type ParsedScript,
  type Word,
  type WordPart,
} from "unbash";

import type { ShellNode, ShellWord } from "../script.ts";
import { isPlainNumber } from "./arithmetic.ts";
import { expandBraces } from "./expand-braces.ts";
import { isCut } from "./is-cut.ts";
import type { Piece, WayPiece } from "./piece.ts";
import { hasLateTilde, withHome } from "./tilde.ts";

/** What reading a word depends on. */
export interface WordScope {
  readonly home: string;
  /** Variables of which the value is known here. */
  readonly known: ReadonlyMap<string, string>;
  /** Reads the script of a substitution, which runs in a shell of its own. */
  readonly readNested: (script: ParsedScript | undefined) => ShellNode;
}

/** What a written word is: no word at all when braces are wrong, one, or several; what runs first; what is in doubt. */
export interface ReadWord {
  readonly words: readonly ShellWord[];
  readonly nested: readonly ShellNode[];
  /** Constructs that nobody vouches for. */
  readonly doubts: readonly string[];
}

interface Notes {
  readonly nested: ShellNode[];
  readonly doubts: string[];
}

/** Variables of the environment that say nothing of interest. */
const openVariables: ReadonlySet<string> = new Set(
  "PWD OLDPWD HOME USER LOGNAME SHELL PATH LANG LC_ALL TERM HOSTNAME TMPDIR SHLVL BASH_VERSION RANDOM SECONDS LINENO EPOCHSECONDS UID EUID PPID COLUMNS LINES CI NODE_ENV EDITOR".split(
    " ",
  ),
);
/** Signs that look like ones of the shell but are ordinary letters to it: full-width ones, dashes, quotation marks. */
const lookalike = /[^\p{ASCII}\p{L}\p{M}\p{N}]|[\uFF00-\uFFEF]/u;
const wordsMax = 256;
/** Values that no later expansion changes. */
const plainValue = /^[\w./:=@%+,-]+$/;

/** Every word that bash makes of a written one. */
export function readWord(word: Word, scope: WordScope): ReadWord {
  const notes: Notes = { nested: [], doubts: [] };
  const pieces = piecesOf(word, scope, notes);
  if (
    pieces.some((piece) => piece.kind === "text" && !piece.quoted && lookalike.test(piece.text))
  ) {
    notes.doubts.push("a sign outside of quotes that only looks like one of the shell");
  }
  const words = assemble(withHome(pieces, word, scope.home));
  if (words?.some((one) => one.kind === "literal" && mixesScripts(one.text)) === true) {
    notes.doubts.push("letters of two scripts in one name");
  }
  if (words === undefined) notes.doubts.push("braces that become too much");
  return { words: words ?? [], ...notes };
}

/** The same for places where bash neither splits nor looks for file names: assignments, here-strings, `[[ ]]`, `case`. */
export function readSingleWord(word: Word, scope: WordScope): ReadWord {
  const notes: Notes = { nested: [], doubts: [] };
  const pieces = withHome(piecesOf(word, scope, notes), word, scope.home);
  const whole = pieces.map((piece): Piece => {
    if (piece.kind === "either") return { kind: "dynamic", shape: "one", why: "braces" };
    if (piece.kind === "glob") return { kind: "text", text: piece.text, quoted: true };
    if (piece.kind === "dynamic" && piece.shape === "many") return { ...piece, shape: "one" };
    return piece;
  });
  return { words: combine(whole)?.map(wordOf) ?? [], ...notes };
}

/** The body of a here-document: as in double quotes. */
export function readQuotedParts(
  parts: readonly WordPart[] | undefined,
  text: string,
  scope: WordScope,
): ReadWord {
  const notes: Notes = { nested: [], doubts: [] };
  const pieces =
    parts === undefined
      ? [{ kind: "text" as const, text, quoted: true }]
      : parts.flatMap((part) => pieceOf(part, true, scope, notes));
  const isHalf = pieces.some((piece) => piece.kind === "text" && /\$[({[]|`/.test(piece.text));
  if (parts !== undefined && isHalf) notes.doubts.push("what looks like half of a substitution");
  return { words: combine(pieces)?.map(wordOf) ?? [], ...notes };
}

/** Inside of here-documents the parser takes whatever is left for the end of a substitution. */
function isWhole(text: string): boolean {
  if (!text.startsWith("$(")) return text.startsWith("`") && text.endsWith("`");
  return text.endsWith(")") && parse(text.slice(2, -1)).errors === undefined;
}

/** A Latin name with Cyrillic or Greek letters in it looks like another name. */
function mixesScripts(text: string): boolean {
  return (
    !/\s/.test(text) &&
    /\p{Script=Latin}/u.test(text) &&
    /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(text)
  );
}

function piecesOf(word: Word, scope: WordScope, notes: Notes): readonly Piece[] {
  const bare =
    word.parts === undefined
      ? [word.text]
      : word.parts.flatMap((part) => (part.type === "Literal" ? [part.text] : []));
  // Nothing of the shell's own stands bare in a word; the parser lets `echo (ls` pass.
  if (bare.some((text) => /[()<>;&|`]/.test(text.replaceAll(/\\./gs, "")))) {
    notes.doubts.push("a sign of the shell inside of a word");
  }
  if (word.parts === undefined) return [{ kind: "text", text: word.value, quoted: false }];
  return word.parts.flatMap((part) => pieceOf(part, false, scope, notes));
}

function pieceOf(
  part: WordPart | DoubleQuotedChild,
  quoted: boolean,
  scope: WordScope,
  notes: Notes,
): readonly Piece[] {
  switch (part.type) {
    case "Literal":
      return [{ kind: "text", text: part.value, quoted }];
    case "SingleQuoted":
    case "AnsiCQuoted":
      return [{ kind: "text", text: part.value, quoted: true }];
    case "LocaleString":
      notes.doubts.push('a translated string, $"…"');
      return [{ kind: "dynamic", shape: "one", why: '$"…"' }];
    case "DoubleQuoted": {
      const inside = part.parts.flatMap((child) => pieceOf(child, true, scope, notes));
      return inside.length === 0 ? [{ kind: "text", text: "", quoted: true }] : inside;
    }
    case "Glob":
      return [{ kind: "glob", text: part.text }];
    case "BraceExpansion":
      return [braces(part.text, notes)];
    case "SimpleExpansion":
      return [variable(part.text.slice(1), quoted, scope, notes)];
    case "ParameterExpansion":
      return [parameter(part, quoted, scope, notes)];
    case "CommandExpansion":
      notes.nested.push(scope.readNested(part.script));
      if (!isWhole(part.text)) notes.doubts.push("a substitution without an end");
      return [{ kind: "dynamic", shape: quoted ? "one" : "many", why: "command substitution" }];
    case "ProcessSubstitution":
      notes.nested.push(scope.readNested(part.script));
      if (part.operator === ">") notes.doubts.push("output to a process, >( )");
      return [{ kind: "dynamic", shape: "one", why: "process substitution" }];
    case "ArithmeticExpansion":
      if (part.expression === undefined || !isPlainNumber(part.expression)) {
        notes.doubts.push("arithmetic with more than numbers");
      }
      return [{ kind: "dynamic", shape: "number", why: "arithmetic" }];
    case "ExtendedGlob":
      notes.doubts.push("an extended pattern");
      return [{ kind: "dynamic", shape: "many", why: "an extended pattern" }];
  }
}

function braces(text: string, notes: Notes): Piece {
  const texts = expandBraces(text);
  if (texts !== undefined) return { kind: "either", texts };
  notes.doubts.push("braces that become too much, or nobody knows what");
  return { kind: "dynamic", shape: "many", why: "braces" };
}

/** `$name`: special parameters of digits never split, others may hold anything. */
function variable(name: string, quoted: boolean, { known }: WordScope, notes: Notes): Piece {
  if (name === "?" || name === "#" || name === "$") {
    return { kind: "dynamic", shape: "number", why: `$${name}` };
  }
  const value = known.get(name);
  if (value !== undefined && (quoted || plainValue.test(value))) {
    return { kind: "text", text: value, quoted: true };
  }
  // A script's own variables are of small letters; of the environment's, few are known to hold nothing secret.
  if (/[A-Z]/.test(name) && !openVariables.has(name)) notes.doubts.push(`the variable $${name}`);
  const isOne = quoted && name !== "@" && name !== "*";
  return { kind: "dynamic", shape: isOne ? "one" : "many", why: `$${name}` };
}

function parameter(
  part: ParameterExpansionPart,
  quoted: boolean,
  scope: WordScope,
  notes: Notes,
): Piece {
  const isPlain = part.parameter !== "" && part.operation === undefined && part.index === undefined;
  if (isPlain && part.prefix === undefined) return variable(part.parameter, quoted, scope, notes);
  if (isPlain && part.prefix === "#" && /^\w+$/.test(part.parameter)) {
    return { kind: "dynamic", shape: "number", why: part.text };
  }
  if (isCut(part)) {
    // What is left of an unknown value is as unknown.
    const cut = variable(part.parameter, quoted, { ...scope, known: new Map() }, notes);
    const shape = cut.kind === "dynamic" && cut.shape === "one" ? "one" : "many";
    return { kind: "dynamic", shape, why: part.text.slice(0, 40) };
  }
  notes.doubts.push(`an expansion that computes, ${part.text.slice(0, 40)}`);
  return { kind: "dynamic", shape: "many", why: part.text.slice(0, 40) };
}

type Way = readonly WayPiece[];

function assemble(pieces: readonly Piece[]): readonly ShellWord[] | undefined {
  return combine(pieces)
    ?.filter((way) => !isNothing(way))
    .map(wordOf);
}

/** What braces stand for, written out. Undefined: too many. */
function combine(pieces: readonly Piece[]): readonly Way[] | undefined {
  let ways: Way[] = [[]];
  for (const piece of pieces) {
    const next =
      piece.kind === "either"
        ? piece.texts.map((text) => ({ kind: "text" as const, text, quoted: false }))
        : [piece];
    if (ways.length * next.length > wordsMax) {
      return undefined;
    }
    ways = ways.flatMap((way) => next.map((one) => [...way, one]));
  }
  return ways;
}

/** An empty word without quotes is no word: what is behind it takes its place. */
function isNothing(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => piece.kind === "text" && !piece.quoted && piece.text === "");
}

function wordOf(pieces: readonly WayPiece[]): ShellWord {
  const prefix = leadingText(pieces);
  if (hasLateTilde(pieces)) return { kind: "dynamic", shape: "one", prefix: "", why: "a tilde" };
  const dynamic = pieces.filter((piece) => piece.kind === "dynamic");
  const [first] = dynamic;
  if (first !== undefined) {
    const isMany = dynamic.some(({ shape }) => shape === "many");
    const mixedGlob = pieces.some(({ kind }) => kind === "glob");
    const isNumber = dynamic.every(({ shape }) => shape === "number") && prefix === "";
    const shape =
      isMany || mixedGlob
        ? "many"
        : isNumber && pieces.length === dynamic.length
          ? "number"
          : "one";
    return { kind: "dynamic", shape, prefix, why: first.why };
  }
  if (pieces.some(({ kind }) => kind === "glob")) {
    return { kind: "glob", prefix, pattern: pieces.map((piece) => patternOf(piece)).join("") };
  }
  return { kind: "literal", text: prefix };
}

/** The text in front of whatever is first not text. */
function leadingText(pieces: readonly WayPiece[]): string {
  const end = pieces.findIndex(({ kind }) => kind !== "text");
  return (end === -1 ? pieces : pieces.slice(0, end)).map((piece) => textOf(piece)).join("");
}

function textOf(piece: WayPiece): string {
  return piece.kind === "dynamic" ? "" : piece.text;
}

/** Quoted text means itself in a pattern. */
function patternOf(piece: WayPiece): string {
  return piece.kind === "text" ? piece.text.replaceAll(/[*?[\]\\]/g, "\\$&") : textOf(piece);
}
