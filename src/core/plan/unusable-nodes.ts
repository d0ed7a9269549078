import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type ParsedNode,
  Scalar,
  type YAMLMap,
} from "yaml";

import type { Diagnostic } from "../../model/diagnostic.ts";
import { unreadable, unreadableKeys } from "./broken-entries.ts";
import type { Path } from "./plan-path.ts";

export type Say = (code: string, message: string, at?: number) => Diagnostic;

/** What a document says with which nothing can be done: each told of, and taken out. */
export interface Unusable {
  readonly problems: readonly Diagnostic[];
  /** Values that nobody knows. */
  readonly values: readonly Path[];
  /** Maps in which there is more than can be read. */
  readonly maps: readonly Path[];
  /** Keys that are there several times; the first is kept. */
  readonly twice: readonly Path[];
}

interface Search {
  readonly text: string;
  readonly say: Say;
  /** Anchors of what is kept so far. */
  readonly kept: Set<string>;
  readonly problems: Diagnostic[];
  readonly values: Path[];
  readonly maps: Path[];
  readonly twice: Path[];
  aliases: number;
}

export const aliasesMax = 100;
const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Takes out of a document aliases that multiply, loop or lead nowhere, tags, merge keys, keys that are there twice, are no
 * plain text or that JavaScript would take for its own, and what could not be read at all.
 */
export function takeOutUnusable(document: Document.Parsed, text: string, say: Say): Unusable {
  const search: Search = {
    text,
    say,
    kept: new Set(),
    problems: [],
    values: [],
    maps: [],
    twice: [],
    aliases: 0,
  };
  if (document.contents !== null)
    document.contents = visit(search, document.contents, {
      path: [],
      anchors: new Set(),
    }) as ParsedNode;
  return search;
}

interface At {
  readonly path: Path;
  /** Of what this is in. */
  readonly anchors: ReadonlySet<string>;
}

/** The node, or what takes its place. */
function visit(search: Search, node: Node, at: At): Node {
  const { problems, values, say } = search;
  const start = node.range?.[0] ?? 0;
  const refuse = (found: readonly Diagnostic[]): Node => {
    problems.push(...found);
    values.push(at.path);
    return new Scalar(null);
  };
  if (isAlias(node)) {
    search.aliases += 1;
    const problem = aliasProblem(search, node, at.anchors);
    return problem === undefined ? node : refuse(problem);
  }
  if (isScalar(node) && node.value === unreadableKeys)
    search.maps.push(...at.path.map((_, length) => at.path.slice(0, length)));
  if (isScalar(node) && (node.value === unreadable || node.value === unreadableKeys))
    return refuse([]);
  const tag = hasForeignTag(node)
    ? [say("E-YAML-TAG", `the tag ${shownTag(node.tag)} has no place in a plan`, start)]
    : [];
  // What is in a map or a list is known, whatever that is called.
  if (tag.length > 0 && isScalar(node)) return refuse(tag);
  problems.push(...tag);
  const anchor = "anchor" in node && typeof node.anchor === "string" ? node.anchor : undefined;
  const anchors = anchor === undefined ? at.anchors : new Set([...at.anchors, anchor]);
  if (anchor !== undefined) search.kept.add(anchor);
  if (isSeq(node))
    node.items = node.items.map((item, index) =>
      isNode(item) ? visit(search, item, { path: [...at.path, index], anchors }) : item,
    );
  if (isMap(node)) visitMap(search, node, { ...at, anchors });
  return node;
}

function visitMap(search: Search, map: YAMLMap, at: At): void {
  const seen = new Set<string>();
  map.items = map.items.filter((pair) => {
    const problem = keyProblem(pair, search.say);
    if (problem !== undefined) {
      search.problems.push(problem);
      search.maps.push(at.path);
      return false;
    }
    const key = String((pair.key as Scalar).value);
    const path = [...at.path, key];
    const isAgain = seen.has(key);
    seen.add(key);
    if (isAgain) {
      search.problems.push(
        search.say("E-YAML-DUPLICATE", `"${key}" is there twice`, startOf(pair.key)),
      );
      search.twice.push(path);
    }
    if (isNode(pair.value)) pair.value = visit(search, pair.value, { path, anchors: at.anchors });
    return !isAgain;
  });
}

/** Undefined for an alias that can be followed. */
function aliasProblem(
  search: Search,
  alias: Alias,
  anchors: ReadonlySet<string>,
): readonly Diagnostic[] | undefined {
  const { text, say, kept } = search;
  const name = alias.source;
  if (anchors.has(name)) return [say("E-YAML-CYCLE", `*${name} contains itself`, startOf(alias))];
  if (search.aliases === aliasesMax + 1)
    return [say("E-YAML-ALIASES", `more than ${aliasesMax} aliases`, startOf(alias))];
  if (search.aliases > aliasesMax) return [];
  if (kept.has(name)) return undefined;
  // The anchor may be in what was taken out.
  return text.includes(`&${name}`)
    ? []
    : [say("E-YAML-ALIASES", `nothing above is called &${name}`, startOf(alias))];
}

function keyProblem({ key }: Pair, say: Say): Diagnostic | undefined {
  const at = startOf(key);
  if (!isScalar(key)) return say("E-YAML-KEY", "a key must be plain text", at);
  if (key.value === "<<")
    return say("E-YAML-MERGE", "merge keys (<<) are not supported; write the keys out", at);
  return forbiddenKeys.has(String(key.value))
    ? say("E-YAML-PROTO", `${String(key.value)} is not allowed as a key`, at)
    : undefined;
}

function hasForeignTag(node: Node): node is Node & { readonly tag: string } {
  return (
    node.tag !== undefined &&
    !/^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(node.tag)
  );
}

function shownTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
