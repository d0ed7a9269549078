import { LineCounter, parseAllDocuments } from "yaml";

/** Stands where a value could not be read. */
export const unreadable = "\uE000";
/** The same, with keys below that may have been meant for the map that this is in, or for one around it. */
export const unreadableKeys = "\uE001";

/** Something that is not YAML. Lines and columns count from 1. */
export interface YamlFault {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** What is left of a text when its broken entries are out, in the lines and columns where it was. */
export interface ReadableText {
  readonly text: string;
  readonly faults: readonly YamlFault[];
  /** Whether `unreadable` stands for all that was taken out: else nobody knows in which map or list it was meant to be. */
  readonly isMarked: boolean;
}

const faultsMax = 30;
/** How far above the place where the parser stumbles the entry may begin that makes it. */
const linesUpMax = 60;
/** Each try parses some of the text; a large file with many faults is told of its first ones. */
const charactersMax = 3_000_000;

/**
 * Takes out of YAML what is broken, entry by entry, until the rest can be read. In YAML an entry ends where a line is
 * indented as little as it is, whatever quotes and brackets it opens: so what stands behind is what it would be if the
 * entry were whole. Undefined for the text: too much is broken, and only the faults that were found are known.
 */
export function withoutBrokenEntries(
  text: string,
): Omit<ReadableText, "text"> & { readonly text?: string } {
  const faults: YamlFault[] = [];
  let lines: readonly string[] = text.split("\n");
  let isMarked = true;
  let spent = 0;
  /** `late`: it is not looked at any more. */
  const faultOf = (some: readonly string[]): YamlFault | "late" | undefined => {
    const joined = some.join("\n");
    spent += joined.length;
    return spent > charactersMax ? "late" : firstFault(joined);
  };
  for (;;) {
    const fault = faultOf(lines);
    if (fault === undefined) return { text: lines.join("\n"), faults, isMarked };
    if (fault === "late") return { faults, isMarked };
    const at = faults.length === faultsMax ? undefined : beginsAt(lines, fault, faultOf);
    if (at === undefined) return { faults: [...faults, fault], isMarked };
    const above = lines.slice(0, at);
    const end = endOf(lines, at);
    const mark = markOf(lines.slice(at, end));
    const isPlaced = mark !== undefined && faultOf([...above, mark]) === undefined;
    // What is not closed is looked for where it was opened.
    const isWhere = at === fault.line - 1 && fault.code !== "MISSING_CHAR";
    faults.push(isWhere ? fault : { ...fault, ...valueAt(lines, at) });
    const left = [isPlaced ? mark : "", ...Array<string>(end - at - 1).fill("")];
    lines = [...above, ...left, ...lines.slice(end)];
    isMarked &&= isPlaced;
  }
}

function firstFault(text: string): YamlFault | undefined {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
  });
  const found = [...documents]
    .flatMap((document) => document.errors)
    .toSorted((a, b) => a.pos[0] - b.pos[0])[0];
  if (found === undefined) return undefined;
  const { line, col } = counter.linePos(found.pos[0]);
  // Of a line that is indented wrongly, the parser names the beginning: people look where something stands.
  const indent = /^[ \t]*/.exec(text.split("\n")[line - 1] ?? "")?.[0].length ?? 0;
  const message = found.message.split("\n")[0] ?? "";
  return {
    code: found.code,
    message: message || "not valid YAML",
    line,
    column: Math.max(col, indent + 1),
  };
}

/** The line from which on nothing can be read: all that stands above it can. */
function beginsAt(
  lines: readonly string[],
  fault: YamlFault,
  faultOf: (lines: readonly string[]) => unknown,
): number | undefined {
  const last = Math.min(fault.line, lines.length) - 1;
  for (let at = last; at >= Math.max(0, last - linesUpMax); at -= 1)
    if (!/^\s*(?:#|$)/.test(lines[at] ?? "") && faultOf(lines.slice(0, at)) === undefined)
      return at;
  return undefined;
}

/** Indentation, dashes of list items, and a key, of the first line of an entry. */
const entryStart =
  /^(?<indent> *)(?<dashes>(?:- +)*)(?<key>(?:"[^"]*"|'[^']*'|[\w$][^:#"'{}[\],]*?) *:(?=\s|$))?/;

/** The first line of an entry with nothing but a mark in it. */
function markOf([line = "", ...below]: readonly string[]): string | undefined {
  const [start = "", , dashes, key] = entryStart.exec(line) ?? [];
  if (key === undefined && dashes === "") return undefined;
  const hasKeys = below.some((one) => entryStart.exec(one)?.groups?.["key"] !== undefined);
  return `${start}${key === undefined ? "" : " "}"${hasKeys ? unreadableKeys : unreadable}"`;
}

/** The line before which an entry that begins here ends. */
function endOf(lines: readonly string[], at: number): number {
  const depth = depthOf(lines[at] ?? "");
  let end = at + 1;
  while (end < lines.length && isWithin(lines[end] ?? "", depth)) end += 1;
  return end;
}

function isWithin(line: string, depth: number): boolean {
  const text = line.trimStart();
  return text === "" || text.startsWith("#") || line.length - text.length > depth;
}

/** What is indented deeper than this is in the entry that begins with a line. */
function depthOf(first: string): number {
  const { indent = "", dashes = "", key } = entryStart.exec(first)?.groups ?? {};
  // How deep a tab is, nobody knows: all that is not at the top may be in it.
  if (first.startsWith(`${indent}\t`)) return 0;
  return indent.length + (key === undefined ? 0 : dashes.length);
}

function valueAt(lines: readonly string[], at: number): Pick<YamlFault, "line" | "column"> {
  const line = lines[at] ?? "";
  const start = entryStart.exec(line)?.[0].length ?? 0;
  return { line: at + 1, column: start + Math.max(0, line.slice(start).search(/\S/)) + 1 };
}
