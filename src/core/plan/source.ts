import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { withoutBrokenEntries, type YamlFault } from "./broken-entries.ts";
import { type Path, shownPath } from "./plan-path.ts";
import { aliasesMax, type Say, takeOutUnusable, type Unusable } from "./unusable-nodes.ts";

/** A plan's text, parsed, with a way back from every value to its place. */
export interface Source {
  readonly value: unknown;
  readonly gaps: Gaps;
  /** A diagnostic at a value, or at its key. The nearest existing parent when the path itself is not in the text. */
  at(
    path: Path,
    what: Omit<Diagnostic, "line" | "column" | "endColumn" | "path" | "severity"> & {
      readonly warning?: boolean;
    },
    where?: "key" | "value" | Piece,
  ): Diagnostic;
  /** Whether what is checked says all that the text says there: not where something of the wrong shape was left out. */
  readonly knows: (path: Path) => boolean;
  /** The text of a scalar exactly as written, without quotes. */
  written(path: Path): string | undefined;
}

/** Some of a value, as it is written in it: the first that reads so, or the nth after it. */
export interface Piece {
  readonly text: string;
  readonly nth: number;
}

/** What of the text is not in the value. */
export interface Gaps extends Pick<Unusable, "values" | "maps" | "twice"> {
  /** Whether there is more, nobody knows where. */
  readonly elsewhere: boolean;
}

const bytesMax = 1024 * 1024;
const depthMax = 60;

/** What a plan's text says, as far as it can be read, and what is wrong with its YAML. */
export interface ReadText {
  readonly problems: readonly Diagnostic[];
  /** Undefined when nothing of it can be known. */
  readonly source?: Source;
}

/**
 * Reads YAML for what it is: hostile text. Everything that has no business in a plan is an error before any schema is asked;
 * what is not touched by it is there to be checked, too, so that a person sees all errors at once.
 */
export function readSource(text: string): ReadText {
  const lines = new LineCounter();
  const say: Say = (code, message, at) => ({
    code,
    severity: "error",
    message,
    path: "",
    ...(at === undefined ? {} : place(lines, at)),
  });
  const early = beforeParsing(text, say);
  if (early !== undefined) return { problems: [early] };
  const readable = withoutBrokenEntries(text);
  const faults = readable.faults.map(yamlProblem);
  if (readable.text === undefined) return { problems: faults };
  const documents = parseAllDocuments(readable.text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    version: "1.2",
    merge: false,
  });
  const [document, second] = "empty" in documents ? [] : documents;
  const refused = document === undefined ? undefined : refusal(document, second, say);
  if (document?.contents === null || document === undefined)
    return { problems: faults.length > 0 ? faults : [say("E-YAML-EMPTY", "the plan is empty")] };
  if (refused !== undefined) return { problems: [...faults, refused] };
  const unusable = takeOutUnusable(document, readable.text, say);
  const problems = [...faults, ...unusable.problems];
  const value = plainValue(document);
  return value.ok
    ? {
        problems,
        source: sourceOf(document, value.value, {
          text: readable.text,
          lines,
          gaps: { ...unusable, elsewhere: !readable.isMarked },
        }),
      }
    : { problems: [...problems, say("E-YAML-ALIASES", value.error)] };
}

function refusal(
  document: Document.Parsed,
  second: Document.Parsed | undefined,
  say: Say,
): Diagnostic | undefined {
  if (second !== undefined)
    return say(
      "E-YAML-DOCUMENTS",
      "a plan is one YAML document; this file has several",
      second.range[0],
    );
  return isMap(document.contents)
    ? undefined
    : say(
        "E-YAML-ROOT",
        "a plan is a map of keys, such as version, name and tasks",
        document.contents?.range?.[0] ?? 0,
      );
}

function beforeParsing(text: string, say: Say): Diagnostic | undefined {
  if (text.length > bytesMax)
    return say("E-FILE-SIZE", `the plan has ${text.length} characters; the most is ${bytesMax}`);
  const nul = text.indexOf("\0");
  if (nul !== -1) return say("E-FILE-NUL", "the plan holds a NUL character", nul);
  if (text.includes("\uFFFD"))
    return say("E-FILE-UTF8", "the plan is not valid UTF-8", text.indexOf("\uFFFD"));
  return deepest(text) > depthMax
    ? say("E-YAML-DEPTH", `the plan is nested deeper than ${depthMax} levels`)
    : undefined;
}

/**
 * An upper bound of the nesting, from the text alone: the parser itself overflows the stack on a few thousand levels.
 * Brackets inside quotes count too; a plan that comes near the limit that way is not one.
 */
function deepest(text: string): number {
  let open = 0;
  let most = 0;
  for (const line of text.split("\n")) {
    const dashes = /^\s*(?:- +|\? +)+/.exec(line)?.[0].match(/[-?]/g)?.length ?? 0;
    const indent = line.length - line.trimStart().length;
    for (const character of line) {
      if (character === "[" || character === "{") open += 1;
      if (character === "]" || character === "}") open = Math.max(0, open - 1);
      most = Math.max(most, open);
    }
    most = Math.max(most, dashes, indent / 2);
  }
  return most;
}

function yamlProblem({ code, message, line, column }: YamlFault): Diagnostic {
  const at = { severity: "error", path: "", line, column } as const;
  if (code === "TAB_AS_INDENT")
    return { ...at, code: "E-YAML-TAB", message: "YAML is indented with spaces, not tabs" };
  const expected = dueAt[code];
  return {
    ...at,
    code: "E-YAML-SYNTAX",
    message,
    ...(expected === undefined ? {} : { expected }),
  };
}

/** What is due where the parser stumbles, in words that do not need to be looked up. */
const dueAt: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'one key and its value in a line; quotes around a text that holds ": "',
  BAD_SCALAR_START: "quotes around a text that begins so",
  BAD_INDENT: "keys of one map in one column, and every bracket closed",
  MISSING_CHAR: "every quote and bracket closed",
};

function place(
  lines: LineCounter,
  start: number,
  end?: number,
): Pick<Diagnostic, "line" | "column" | "endColumn"> {
  const from = lines.linePos(start);
  const to = end === undefined ? undefined : lines.linePos(end);
  return {
    line: from.line,
    column: from.col,
    ...(to?.line === from.line && to.col > from.col ? { endColumn: to.col } : {}),
  };
}

/** The parser refuses aliases of nothing, and those that multiply beyond its bound, only when values are made. */
function plainValue(document: Document.Parsed): Result<unknown, string> {
  try {
    return ok(document.toJS({ maxAliasCount: aliasesMax }));
  } catch (error) {
    if (error instanceof ReferenceError) return err(error.message.replace(/:.*$/s, ""));
    throw error;
  }
}

function sourceOf(
  document: Document.Parsed,
  value: unknown,
  {
    text,
    lines,
    gaps,
  }: { readonly text: string; readonly lines: LineCounter; readonly gaps: Gaps },
): Source {
  const nodeAt = (path: Path): Node | undefined => {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    return isNode(node) ? node : undefined;
  };
  const pieceOf = (path: Path, piece: Piece): readonly [number, number] | undefined => {
    const [start, end] = nodeAt(path)?.range ?? [0, 0];
    let at = start - 1;
    for (let left = piece.nth; left >= 0; left -= 1) {
      at = text.indexOf(piece.text, at + 1);
      if (at === -1 || at >= end) return undefined;
    }
    return [at, at + piece.text.length];
  };
  const rangeOf = (path: Path, where: "key" | "value" | Piece): readonly [number, number] => {
    if (typeof where === "object") return pieceOf(path, where) ?? rangeOf(path, "value");
    for (let length = path.length; length >= 0; length--) {
      const shorter = path.slice(0, length);
      const whole = length === path.length;
      const keyed = whole && where === "value" ? undefined : keyNode(document, shorter);
      const node = keyed ?? nodeAt(shorter);
      if (node?.range) return [node.range[0], node.range[1]];
    }
    return [0, 1];
  };
  return {
    value,
    gaps,
    knows: () => true,
    at: (path, { warning, ...what }, where = "value") => ({
      ...what,
      severity: warning === true ? "warning" : "error",
      ...place(lines, ...rangeOf(path, where)),
      path: shownPath(path),
    }),
    written: (path) => {
      const node = nodeAt(path);
      return isScalar(node) ? node.source : undefined;
    },
  };
}

function keyNode(document: Document.Parsed, path: Path): Node | undefined {
  const last = path.at(-1);
  const parent: unknown =
    path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(
    (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(last),
  );
  return isNode(pair?.key) ? pair.key : undefined;
}
