import type { SourceFile } from "../../core/codemod/source.ts";
import { askAll, read } from "./ask.ts";
import type { Answer, Talk } from "./conversation.ts";

const rangeLines = 400;
/** What a Read that gave too little says at its end, or as its error; the middle of a long answer is kept out of the context. */
const cut =
  /\n\[cut here, \d+ more characters;[^\n]*\]$|\n\[shortened: the whole has [^\n]*\]$|exceeds \d+-byte limit/;

export interface ReadFiles {
  readonly files: readonly SourceFile[];
  /** Paths that could not be read. */
  readonly unread: readonly string[];
}

/** Reads whole files, some each turn; a file too long for one answer in parts. */
export function* readFiles(paths: readonly string[]): Talk<ReadFiles> {
  const answers = yield* askAll(
    `reading ${paths.length} file${paths.length === 1 ? "" : "s"}`,
    paths.map((path) => read(path)),
  );
  const files: SourceFile[] = [];
  const unread: string[] = [];
  for (const [index, path] of paths.entries()) {
    const answer = answers[index];
    const text =
      answer !== undefined && cut.test(answer.text) ? yield* readInParts(path) : textOf(answer);
    if (text === undefined) unread.push(path);
    else files.push({ path, text });
  }
  return { files, unread };
}

function* readInParts(path: string): Talk<string | undefined> {
  const parts: string[] = [];
  for (let first = 1; ; first += rangeLines) {
    const [answer] = yield* askAll(`reading on in ${path}`, [
      read(path, [first, first + rangeLines - 1]),
    ]);
    const text = textOf(answer);
    if (text === undefined || cut.test(text)) return undefined;
    parts.push(text);
    if (text.split("\n").length < rangeLines) return parts.join("\n");
  }
}

function textOf(answer: Answer | undefined): string | undefined {
  if (answer === undefined || answer.isError) return undefined;
  // What a tool says in place of text without a visible character; how much white space there was is not told.
  if (answer.text === "(white space only)") return undefined;
  return answer.text === "(empty)" ? "" : answer.text;
}
