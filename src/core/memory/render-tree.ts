import type { Fact } from "../../model/memory-fact.ts";
import { printableLine } from "../printable.ts";
import { renderFact } from "./fact-file.ts";
import { dayFileOf, renderDay } from "./fact-files.ts";
import { isShown } from "./recall.ts";
import { scoreOf } from "./score.ts";

const linesMax = 200;
const bytesMax = 25_600;
const charsMax = 150;
export const indexFile = "INDEX.md";

/**
 * All files of memory: a file for each fact that holds or waits, one for all whose time was over on the same day, and the index of
 * those that hold. Paths are below `.skein/memory`.
 */
export function renderTree(facts: readonly Fact[]): ReadonlyMap<string, string> {
  const files = new Map([
    ...facts
      .filter((fact) => !isOver(fact))
      .map((fact): [string, string] => [pathOf(fact), renderFact(fact)]),
    ...[...Map.groupBy(facts.filter(isOver), dayFileOf)].map(([path, some]): [string, string] => [
      path,
      renderDay(some),
    ]),
  ]);
  if (facts.length > 0) files.set(indexFile, indexOf(facts));
  return files;
}

function isOver({ status }: Fact): boolean {
  return status === "superseded" || status === "expired";
}

/** What holds lies by its scope; what does not yet, in `archive`. */
export function pathOf(
  fact: Pick<Fact, "id" | "scope" | "status" | "subject" | "predicate" | "text">,
): string {
  const folder = fact.status === "active" ? fact.scope : `archive/${fact.scope}`;
  return `${folder}/${slugOf(fact)}.md`;
}

function slugOf({
  subject,
  predicate,
  text,
  id,
}: Pick<Fact, "id" | "subject" | "predicate" | "text">): string {
  const words = (subject === "" ? text : `${subject} ${predicate}`)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, "");
  return `${words === "" ? "fact" : words}-${id.slice(-8).toLowerCase()}`;
}

/**
 * What agents are shown of memory: a line for each fact that holds and waits for nobody, the best ones first, within 200
 * lines, 25,600 bytes, and 150 characters a line. A fact is one line, whatever it says.
 */
export function indexOf(facts: readonly Fact[]): string {
  const shown = facts.filter(isShown);
  const today = shown.reduce((latest, fact) => Math.max(latest, Date.parse(fact.recorded_at)), 0);
  const ranked = shown
    .map((fact) => ({ fact, score: scoreOf({ ...fact, isVague: false }, today) }))
    .toSorted((a, b) => b.score - a.score || (a.fact.id < b.fact.id ? -1 : 1));
  const lines = ["# Memory", ""];
  let bytes = 0;
  for (const { fact } of ranked) {
    const line = lineOf(fact);
    const size = new TextEncoder().encode(line).length + 1;
    if (lines.length >= linesMax || bytes + size > bytesMax - 64) break;
    lines.push(line);
    bytes += size;
  }
  return `${lines.join("\n")}\n`;
}

function lineOf(fact: Fact): string {
  const end = ` (${fact.kind}, ${fact.confidence.toFixed(2)}, ${fact.recorded_at.slice(0, 10)})`;
  // The path tells what it is about; a second name would take the room of what it says.
  const start = `- [${fact.id.slice(-8).toLowerCase()}](${pathOf(fact)}) — `;
  const room = charsMax - start.length - end.length;
  const text = printableLine(fact.text);
  const whole = (max: number): string => text.slice(0, max).toWellFormed();
  if (room < 20) return `- ${whole(charsMax - 2 - end.length)}${end}`;
  return `${start}${text.length > room ? `${whole(room - 1)}…` : text}${end}`;
}
