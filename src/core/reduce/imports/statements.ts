import type { ImportLanguage } from "./import-language.ts";

/** One import or list of exports. */
export interface Statement {
  /** The same for statements that are about the same thing: all of it, or all but the names. */
  readonly key: string;
  /** What such statements are sorted by. */
  readonly sortKey: string;
  readonly lines: readonly string[];
  /** Blank lines before it. */
  readonly gap: number;
  /** Of a plain statement, if it can clash with another. */
  readonly binds?: string;
  readonly list?: NameList;
}

export interface NameList {
  readonly names: readonly string[];
  readonly open: string;
  readonly close: string;
}

export interface Statements {
  readonly statements: readonly Statement[];
  /** Blank lines at the end. */
  readonly gap: number;
}

/** Reads lines that are nothing but imports and blank lines; undefined when there is anything else, a comment say. */
export function readStatements(
  lines: readonly string[],
  language: ImportLanguage,
): Statements | undefined {
  const statements: Statement[] = [];
  let gap = 0;
  for (let at = 0; at < lines.length;) {
    if (lines[at]?.trim() === "") {
      gap += 1;
      at += 1;
      continue;
    }
    const end = endOf(lines, at, language);
    const statement = readStatement(lines.slice(at, end), gap, language);
    if (statement === undefined) return undefined;
    statements.push(statement);
    at = end;
    gap = 0;
  }
  const keys = new Set(statements.map(({ key }) => key));
  return keys.size === statements.length ? { statements, gap } : undefined;
}

function endOf(lines: readonly string[], start: number, language: ImportLanguage): number {
  if (!language.start.test((lines[start] ?? "").trim())) return start + 1;
  let open = 0;
  for (let at = start; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    open += [...line.matchAll(/[{([]/g)].length - [...line.matchAll(/[})\]]/g)].length;
    if (open <= 0) return at + 1;
  }
  return lines.length;
}

function readStatement(
  lines: readonly string[],
  gap: number,
  language: ImportLanguage,
): Statement | undefined {
  const text = lines.join("\n");
  const indent = /^\s*/.exec(text)?.[0] ?? "";
  const bare = text.trim();
  for (const pattern of language.listed) {
    const [, open = "", inner = "", close = ""] = pattern.exec(bare) ?? [];
    if (open === "") continue;
    const names = namesIn(inner);
    if (names === undefined) return undefined;
    const key = indent + frameOf(open, close);
    return { key, sortKey: subjectOf(bare, key), lines, gap, list: { names, open, close } };
  }
  for (const pattern of lines.length === 1 ? language.plain : []) {
    const found = pattern.exec(bare);
    if (found === null) continue;
    const [, binds] = found;
    const key = indent + bare.replace(/;$/, "");
    const more = binds === undefined ? {} : { binds };
    return { key, sortKey: subjectOf(bare, key), lines, gap, ...more };
  }
  return undefined;
}

/** With or without brackets around its names and a semicolon at its end, a statement is about the same thing. */
function frameOf(open: string, close: string): string {
  return `${open
    .replaceAll(/\s+/g, " ")
    .replace(/\s*\($/, " ")
    .trim()} … ${close.replaceAll(/\s+/g, " ").replace(/;$/, "").replace(/^\)$/, "")}`;
}

/** Sorted by where things come from, in languages that say it in quotes. */
function subjectOf(text: string, otherwise: string): string {
  return /["']([^"']+)["'][^"']*$/.exec(text)?.[1] ?? otherwise;
}

const item = /^[\w$:*\s{},.'"-]+$/;

/** Undefined: comments among them, or lists within the list that cannot be told apart by their beginnings. */
function namesIn(inner: string): readonly string[] | undefined {
  if (/\/\/|\/\*|#/.test(inner)) return undefined;
  const names: string[] = [];
  let [depth, name] = [0, ""];
  for (const character of `${inner},`) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    if (character !== "," || depth > 0) {
      name += character;
      continue;
    }
    const clean = name.trim().replaceAll(/\s+/g, " ");
    if (clean !== "" && !item.test(clean)) return undefined;
    if (clean !== "") names.push(clean);
    name = "";
  }
  return depth === 0 && new Set(names).size === names.length ? names : undefined;
}

/** Longest line of a list that was on one line. */
const columnsMax = 100;

/** A statement with other names, written as it was: on one line, or one name a line. */
export function withNames({ lines, list }: Statement, names: readonly string[]): readonly string[] {
  if (list === undefined || names.join() === list.names.join()) return lines;
  const indent = /^\s*/.exec(lines[0] ?? "")?.[0] ?? "";
  const { open, close } = list;
  const blank = close === "" || !(lines[0] ?? "").includes(`${open} `) ? "" : " ";
  const line = `${indent}${open}${blank}${names.join(", ")}${blank}${close}`;
  const isSpread = lines.length > 1;
  if (!isSpread && (line.length <= columnsMax || close === "")) return [line];
  const inner = (isSpread ? /^\s*/.exec(lines[1] ?? "")?.[0] : undefined) ?? `${indent}  `;
  const hasComma = !isSpread || /,\s*$/.test(lines.at(-2) ?? "");
  return [
    `${indent}${open}`,
    ...names.map((name, at) => `${inner}${name}${hasComma || at < names.length - 1 ? "," : ""}`),
    `${indent}${close}`,
  ];
}
