import { printable, printableLine } from "../core/printable.ts";
import type { Cite, Observation } from "../model/memory-observation.ts";
import type { Traced } from "./trace-source.ts";

/** Most of a line of a run, or of an excerpt, that is shown, in characters. */
const shownMax = 300;
const excerptLines = 6;

/** An observation with all that it rests on. */
export function sourceText(one: Observation, traced: Traced): string {
  const { at, origin, session, seq, text, cites } = one;
  return [
    `  ${at}  ${origin}  ${printable(session)} #${seq}: ${printable(text)}`,
    ...whereLines(traced).map((line) => `    ${line}`),
    ...(cites ?? []).flatMap(citeLines).map((line) => `    ${line}`),
    "",
  ].join("\n");
}

/** Where it was said, in a line. */
export function whereText(traced: Traced): string {
  return "why" in traced
    ? printableLine(traced.why)
    : `${printableLine(traced.file)}:${traced.line}`;
}

function whereLines(traced: Traced): readonly string[] {
  if ("why" in traced) return [`(${whereText(traced)})`];
  return [whereText(traced), `  | ${shortened(printableLine(traced.text))}`];
}

function citeLines({ path, command, line, excerpt }: Cite): readonly string[] {
  const place = path ?? (command == null ? "seen" : `$ ${command}`);
  const at = line == null ? "" : path == null ? ` (#${line})` : `:${line}`;
  const seen = excerpt.split("\n").filter((one) => one.trim() !== "");
  return [
    `${printableLine(place)}${at}`,
    ...seen.slice(0, excerptLines).map((one) => `  | ${shortened(printable(one))}`),
    ...(seen.length > excerptLines ? [`  | … ${seen.length - excerptLines} more lines`] : []),
  ];
}

function shortened(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax - 1)}…` : text;
}
