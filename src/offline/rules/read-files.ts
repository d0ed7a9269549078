import type { SourceFile } from "../../core/codemod/source.ts";
import { askAll, read } from "./ask.ts";
import type { Answer, Talk } from "./conversation.ts";

const rangeLines = 400;
/** Where lines are long, fewer at a time; a file whose few lines are too long is not read. */
const rangeLinesMin = 50;
/** What a Read that gave too little says at its end, or as its error; the middle of a long answer is kept out of the context. */
const cut =
  /\n\[cut here, \d+ more characters;[^\n]*\]$|\n\[shortened: the whole has [^\n]*\]$|exceeds \d+-byte limit/;

export interface ReadFiles {
  readonly files: readonly SourceFile[];
  /** Paths that could not be read. */
  readonly unread: readonly string[];
  /** Of files that are too long for one answer. */
  readonly long: readonly string[];
}

/** Reads whole files, some each turn. */
export function* readFiles(paths: readonly string[]): Talk<ReadFiles> {
  const answers = yield* askAll(
    `reading ${paths.length} file${paths.length === 1 ? "" : "s"}`,
    paths.map((path) => read(path)),
  );
  const files: SourceFile[] = [];
  const unread: string[] = [];
  const long: string[] = [];
  for (const [index, path] of paths.entries()) {
    const answer = answers[index];
    const text = textOf(answer);
    if (answer !== undefined && cut.test(answer.text)) long.push(path);
    else if (text === undefined) unread.push(path);
    else files.push({ path, text });
  }
  return { files, unread, long };
}

/** All of them whole, long ones after the others. */
export function* readWhole(paths: readonly string[]): Talk<Omit<ReadFiles, "long">> {
  const { files, unread, long } = yield* readFiles(paths);
  const read: SourceFile[] = [...files];
  const left: string[] = [...unread];
  for (const path of long) {
    const text = yield* readInParts(path);
    if (text === undefined) left.push(path);
    else read.push({ path, text });
  }
  return { files: read, unread: left };
}

/** Reads a file that is too long for one answer. */
export function* readInParts(path: string): Talk<string | undefined> {
  const parts: string[] = [];
  let lines = rangeLines;
  for (let first = 1; ;) {
    const [answer] = yield* askAll(`reading on in ${path}`, [
      read(path, [first, first + lines - 1]),
    ]);
    const text = textOf(answer);
    const isCut = answer !== undefined && cut.test(answer.text);
    if (isCut && lines > rangeLinesMin) {
      lines = Math.floor(lines / 2);
      continue;
    }
    if (isCut || text === undefined) return undefined;
    parts.push(text);
    if (text.split("\n").length < lines) return parts.join("\n");
    first += lines;
  }
}

function textOf(answer: Answer | undefined): string | undefined {
  if (answer === undefined || answer.isError) return undefined;
  // What a tool says in place of text without a visible character; how much white space there was is not told.
  if (answer.text === "(white space only)") return undefined;
  return answer.text === "(empty)" ? "" : answer.text;
}
