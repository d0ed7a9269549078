import { Lang, parse, type SgNode } from "@ast-grep/napi";

import { regexText } from "../regex-text.ts";

export type Node = SgNode;

/** A file as the transforms see it. */
export interface SourceFile {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

export interface ParsedSource {
  readonly root: Node;
  readonly language: Lang;
  /** The parser had to skip something: not valid, or syntax it does not know. */
  readonly hasErrors: boolean;
}

export function isCode(path: string): boolean {
  return /\.(?:[cm]?[jt]s|[jt]sx)$/.test(path);
}

export function isMarkdown(path: string): boolean {
  return /\.(?:md|mdx|markdown)$/i.test(path);
}

/** JSX is tried first for JavaScript; Flow annotations parse as TypeScript when they do not parse as JavaScript. */
export function parseSource({ path, text }: SourceFile): ParsedSource {
  const tries = languagesOf(path).map((language) => () => parsed(language, text));
  let first: ParsedSource | undefined;
  for (const attempt of tries) {
    const source = attempt();
    if (!source.hasErrors) return source;
    first ??= source;
  }
  if (first === undefined) throw new Error(`Internal error: ${path} is not code`);
  return first;
}

function languagesOf(path: string): readonly Lang[] {
  if (path.endsWith(".tsx")) return [Lang.Tsx];
  if (/\.[cm]?ts$/.test(path)) return [Lang.TypeScript];
  return [Lang.JavaScript, Lang.Tsx, Lang.TypeScript];
}

function parsed(language: Lang, text: string): ParsedSource {
  const root = parse(language, text).root();
  return { root, language, hasErrors: root.find({ rule: { kind: "ERROR" } }) !== null };
}

const typeScriptOnly = new Set(["type_identifier"]);

/** All nodes of some kinds, optionally only those whose whole text is `text`. Kinds the language lacks are left out: the parser refuses them. */
export function nodesOf(
  { root, language }: ParsedSource,
  kinds: readonly string[],
  text?: string,
): readonly Node[] {
  const known = kinds.filter((kind) => language !== Lang.JavaScript || !typeScriptOnly.has(kind));
  const regex = text === undefined ? {} : { regex: `^${regexText(text)}$` };
  return root.findAll({ rule: { any: known.map((kind) => ({ kind })), ...regex } });
}
