import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from "yaml";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { err, ok, type Result } from "../../model/result.ts";

export type Path = readonly (string | number)[];

/** A plan's text, parsed, with a way back from every value to its place. */
export interface Source {
  readonly value: unknown;
  /** A diagnostic at a value, or at its key. The nearest existing parent when the path itself is not in the text. */
  at(
    path: Path,
    what: Omit<Diagnostic, "line" | "column" | "endColumn" | "path" | "severity"> & {
      readonly warning?: boolean;
    },
    where?: "key" | "value",
  ): Diagnostic;
  /** Whether what is checked says all that the text says there: not where something of the wrong shape was left out. */
  readonly knows: (path: Path) => boolean;
  /** The text of a scalar exactly as written, without quotes. */
  written(path: Path): string | undefined;
}

const bytesMax = 1024 * 1024;
const depthMax = 60;
const aliasesMax = 100;

type Say = (code: string, message: string, at?: number) => Diagnostic;

/** Reads YAML for what it is: hostile text. Everything that has no business in a plan is an error before any schema is asked. */
export function readSource(text: string): Result<Source, readonly Diagnostic[]> {
  const lines = new LineCounter();
  const say: Say = (code, message, at) => ({
    code,
    severity: "error",
    message,
    path: "",
    ...(at === undefined ? {} : place(lines, at)),
  });
  const early = beforeParsing(text, say);
  if (early !== undefined) return err([early]);
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    version: "1.2",
    merge: false,
  });
  const [document, second] = "empty" in documents ? [] : documents;
  if (document === undefined || document.contents === null)
    return err([say("E-YAML-EMPTY", "the plan is empty")]);
  if (second !== undefined)
    return err([
      say(
        "E-YAML-DOCUMENTS",
        "a plan is one YAML document; this file has several",
        second.range[0],
      ),
    ]);
  const broken = [...document.errors, ...document.warnings].map((problem) =>
    yamlProblem(problem, say),
  );
  if (broken.length > 0) return err(withoutFollowers(broken));
  const found = hostileNodes(document.contents, say);
  if (found.length > 0) return err(found);
  if (!isMap(document.contents))
    return err([
      say(
        "E-YAML-ROOT",
        "a plan is a map of keys, such as version, name and tasks",
        document.contents.range?.[0] ?? 0,
      ),
    ]);
  const value = plainValue(document);
  return value.ok
    ? ok(sourceOf(document, value.value, lines))
    : err([say("E-YAML-ALIASES", value.error)]);
}

/** One syntax error makes the parser stumble over all that follows; only the first says something. */
function withoutFollowers(broken: readonly Diagnostic[]): readonly Diagnostic[] {
  const first = broken.findIndex((one) => one.code === "E-YAML-SYNTAX");
  return broken.filter((one, index) => one.code !== "E-YAML-SYNTAX" || index === first);
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

function yamlProblem(
  problem: {
    readonly code: string;
    readonly message: string;
    readonly pos: readonly [number, number];
  },
  say: Say,
): Diagnostic {
  const [at] = problem.pos;
  switch (problem.code) {
    case "DUPLICATE_KEY":
      return say("E-YAML-DUPLICATE", "this key is there twice", at);
    case "TAB_AS_INDENT":
      return say("E-YAML-TAB", "YAML is indented with spaces, not tabs", at);
    case "TAG_RESOLVE_FAILED":
      return say("E-YAML-TAG", "tags such as !!js/function have no place in a plan", at);
    default:
      return say("E-YAML-SYNTAX", problem.message.split("\n")[0] ?? "not valid YAML", at);
  }
}

const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** Aliases that multiply or loop, tags, merge keys, keys that are not plain text or that JavaScript would take for its own. */
function hostileNodes(root: Node, say: Say): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let aliases = 0;
  const visit = (node: unknown, anchors: ReadonlySet<string>): void => {
    if (!isNode(node)) return;
    const at = node.range?.[0] ?? 0;
    if (isAlias(node)) {
      aliases += 1;
      if (anchors.has(node.source))
        found.push(say("E-YAML-CYCLE", `*${node.source} contains itself`, at));
      if (aliases === aliasesMax + 1)
        found.push(say("E-YAML-ALIASES", `more than ${aliasesMax} aliases`, at));
      return;
    }
    if (
      node.tag !== undefined &&
      !/^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(node.tag)
    )
      found.push(say("E-YAML-TAG", `the tag ${node.tag} has no place in a plan`, at));
    const inside =
      "anchor" in node && typeof node.anchor === "string"
        ? new Set([...anchors, node.anchor])
        : anchors;
    if (isSeq(node)) for (const item of node.items) visit(item, inside);
    if (isMap(node)) {
      for (const pair of node.items) {
        found.push(...keyProblems(pair.key, say));
        visit(pair.value, inside);
      }
    }
  };
  visit(root, new Set());
  return found;
}

function keyProblems(key: unknown, say: Say): readonly Diagnostic[] {
  const at = isNode(key) ? (key.range?.[0] ?? 0) : 0;
  if (!isScalar(key)) return [say("E-YAML-KEY", "a key must be plain text", at)];
  if (key.value === "<<")
    return [say("E-YAML-MERGE", "merge keys (<<) are not supported; write the keys out", at)];
  return forbiddenKeys.has(String(key.value))
    ? [say("E-YAML-PROTO", `${String(key.value)} is not allowed as a key`, at)]
    : [];
}

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

function sourceOf(document: Document.Parsed, value: unknown, lines: LineCounter): Source {
  const nodeAt = (path: Path): Node | undefined => {
    const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
    return isNode(node) ? node : undefined;
  };
  const rangeOf = (path: Path, where: "key" | "value"): readonly [number, number] => {
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

export function shownPath(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${part}`,
    )
    .join("");
}
