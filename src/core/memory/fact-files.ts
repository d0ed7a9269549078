import type { Fact } from "../../model/memory-fact.ts";
import type { Result } from "../../model/result.ts";
import { parseFact, renderFact } from "./fact-file.ts";

const line = "---";
/** A line of what a fact says that would pass for the edge or the id of the next fact, and one that was guarded itself. */
const edge = /^(?=\\*(?:---|id: ))/gm;
const guarded = /^\\(?=\\*(?:---|id: ))/gm;
const dayFile = /^archive\/(?:[^/]+\/)+\d{4}-\d\d-\d\d\.md$/;

/** Where a fact lies whose time is over: with all others of its scope whose time was over on the same day. */
export function dayFileOf({ scope, valid_to: ended, recorded_at: seen }: Fact): string {
  return `archive/${scope}/${(ended ?? seen).slice(0, 10)}.md`;
}

/** Several facts in one file, each as it would be in its own. */
export function renderDay(facts: readonly Fact[]): string {
  return facts
    .map((fact) => renderFact({ ...fact, text: fact.text.replaceAll(edge, "\\") }))
    .join("");
}

/** A part of a file: as a file of its own would have it, and as it stands there. */
export interface FilePart {
  readonly text: string;
  readonly raw: string;
}

/** The facts of a file; a file that is none of a day is one. */
export function partsOf(path: string, file: string): readonly FilePart[] {
  if (!isDayFile(path)) return [{ text: file, raw: file }];
  const lines = file.replace(/^\uFEFF/, "").split("\n");
  return [0, ...startsIn(lines).filter((at) => at > 0)]
    .map(
      (start, at, all) =>
        `${lines
          .slice(start, all[at + 1])
          .join("\n")
          .trimEnd()}\n`,
    )
    .filter((raw) => raw.trim() !== "")
    .map((raw) => ({ raw, text: raw.replaceAll(guarded, "") }));
}

export function isDayFile(path: string): boolean {
  return dayFile.test(path);
}

/** Every other edge begins a fact, and any in front of an id: after one that lost an edge the next is found again. */
function startsIn(lines: readonly string[]): readonly number[] {
  const starts: number[] = [];
  let isOpen = false;
  for (const [at, one] of lines.entries()) {
    if (one.trimEnd() !== line) continue;
    const begins: boolean = !isOpen || lines[at + 1]?.startsWith("id: ") === true;
    if (begins) starts.push(at);
    isOpen = begins;
  }
  return starts;
}

/** What is no part of a fact, as it may stand in a file of a day. */
export function guardedPart(text: string): FilePart {
  return { text, raw: `${text.replaceAll(edge, "\\").trimEnd()}\n` };
}

/** The same as texts. */
export function piecesOf(path: string, file: string): readonly string[] {
  return partsOf(path, file).map(({ text }) => text);
}

/** What a file says, fact by fact; what is wrong with one is said in a few words. */
export function factsIn(path: string, file: string): readonly Result<Fact, string>[] {
  return piecesOf(path, file).map(parseFact);
}
