import { isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";

/** Where the fields of a file with front matter stand; lines count from 1. */
export interface FieldLines {
  /** Of a field, or of one within it; of the nearest that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
  /** Of the line behind the fields. */
  readonly behind: number;
  /** Where the YAML is none; the first line, when it is some. */
  readonly broken: number;
}

/** Read once more, for its mistakes only. */
export function fieldLines(text: string): FieldLines {
  const [first = "", ...rest] = text.replace(/^\uFEFF/, "").split("\n");
  const end = rest.findIndex((line) => /^---[ \t]*\r?$/.test(line));
  if (!/^---[ \t]*\r?$/.test(first) || end === -1) return { lineOf: () => 1, behind: 1, broken: 1 };
  const counter = new LineCounter();
  const document = parseDocument(rest.slice(0, end).join("\n"), {
    lineCounter: counter,
    prettyErrors: false,
  });
  // The fields begin in the second line.
  const lineAt = (offset: number): number => counter.linePos(offset).line + 1;
  const [problem] = document.errors;
  return {
    lineOf: (path) => lineIn(document.contents, path, lineAt) ?? 1,
    behind: end + 2,
    broken: problem === undefined ? 1 : lineAt(problem.pos[0]),
  };
}

function lineIn(
  node: Node | null | undefined,
  [field, ...within]: readonly PropertyKey[],
  lineAt: (offset: number) => number,
): number | undefined {
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === field);
  const offset = pair?.key.range?.[0];
  if (pair === undefined || offset === undefined) return undefined;
  return lineIn(pair.value, within, lineAt) ?? lineAt(offset);
}
