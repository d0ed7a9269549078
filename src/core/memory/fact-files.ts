import type { Fact } from "../../model/memory-fact.ts";
import type { Result } from "../../model/result.ts";
import { parseFact, renderFact } from "./fact-file.ts";

const line = "---";
/** A line of what a fact says that would pass for the edge of the next fact, and one that was guarded itself. */
const edge = /^(?=\\*---)/gm;
const guarded = /^\\(?=\\*---)/gm;
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

/** The facts of a file, each as a file of its own would have it; a file that is none of a day is one. */
export function piecesOf(path: string, file: string): readonly string[] {
  if (!dayFile.test(path)) return [file];
  const lines = file.split("\n");
  const edges = lines.flatMap((one, at) => (one.trimEnd() === line ? [at] : []));
  const starts = edges.filter((_, at) => at % 2 === 0);
  return [0, ...starts.filter((at) => at > 0)]
    .map((start, at, all) => lines.slice(start, all[at + 1]).join("\n"))
    .filter((piece) => piece.trim() !== "")
    .map((piece) => `${piece.replaceAll(guarded, "").trimEnd()}\n`);
}

/** What a file says, fact by fact; what is wrong with one is said in a few words. */
export function factsIn(path: string, file: string): readonly Result<Fact, string>[] {
  return piecesOf(path, file).map(parseFact);
}
