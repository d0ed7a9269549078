import { callsIn, type MadeCall, outcomeLine } from "./calls.ts";
import type { ContextEntry } from "./entry.ts";

export interface DigestOptions {
  readonly from: number;
  readonly to: number;
  /** Where the whole stretch is kept, in order. */
  readonly artifacts: readonly string[];
  readonly tokensMax: number;
  readonly tokensOf: (text: string) => number;
}

const editing: ReadonlySet<string> = new Set(["Write", "Edit", "Codemod"]);
const looking: ReadonlySet<string> = new Set([
  "Read",
  "Glob",
  "Grep",
  "ArtifactRead",
  "MemoryRead",
]);
const saidCharsMax = 160;
/** Artifacts that a text names; a search over all that was kept needs no names. */
const namedMax = 6;

/** What became of a finished stretch of work, made by code from what the tools recorded. */
export function digestOf(entries: readonly ContextEntry[], options: DigestOptions): string {
  const calls = callsIn(entries, options);
  const { artifacts } = options;
  const where =
    artifacts.length === 0
      ? ""
      : `; whole in ${artifacts.slice(-namedMax).join(", ")}: ArtifactRead with find`;
  const head = `[${turnCount(entries, options)} finished turns in short${where}]`;
  const parts = [
    section("Changed", counted(calls.filter(({ tool, isError }) => editing.has(tool) && !isError))),
    section("Commands", lastOf(calls.filter(({ tool }) => tool === "Bash"))),
    section("Decided", notesOf(calls)),
    section("Failed", failedOf(calls)),
    section("Said", saidIn(entries, options)),
    section("Looked at", counted(calls.filter(({ tool }) => looking.has(tool)))),
  ].filter((lines) => lines.length > 0);
  return fitted(head, parts, options);
}

type Section = readonly string[];

function section(title: string, lines: readonly string[]): Section {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `- ${line}`)];
}

/** When all does not fit, the longest section loses its oldest lines, again and again. */
function fitted(
  head: string,
  parts: readonly Section[],
  { tokensMax, tokensOf }: DigestOptions,
): string {
  let left = parts;
  let charsMax = Number.POSITIVE_INFINITY;
  for (;;) {
    const longest = left.reduce<Section>((a, b) => (b.length > a.length ? b : a), []);
    const chars = left.reduce((sum, part) => sum + charsOf(part), head.length);
    if (longest.length <= 1 || chars <= charsMax) {
      const text = [head, ...left.flat()].join("\n");
      const tokens = tokensOf(text);
      if (tokens <= tokensMax || longest.length <= 1) return text;
      // Counting tokens takes far longer than counting characters: what is far too long is not counted at every step.
      charsMax = (chars * tokensMax * countAgainFrom) / tokens;
    }
    const drop = Math.max(1, Math.floor(longest.length / 8));
    left = left
      .map((part) => (part === longest ? [part[0] ?? "", ...part.slice(1 + drop)] : part))
      .filter((part) => part.length > 1);
  }
}

/** So many times its room a digest may seem to need by its characters, and its tokens are counted again. */
const countAgainFrom = 1.2;

function charsOf(part: Section): number {
  return part.reduce((sum, line) => sum + line.length + 1, 0);
}

function turnCount(entries: readonly ContextEntry[], { from, to }: DigestOptions): number {
  return entries.slice(from, to + 1).filter(({ kind }) => kind === "reply").length;
}

function counted(calls: readonly MadeCall[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { about } of calls) if (about !== "") counts.set(about, (counts.get(about) ?? 0) + 1);
  return [...counts].map(([about, count]) => (count === 1 ? about : `${about} (${count}x)`));
}

/** Of each command only how it ended last. */
function lastOf(calls: readonly MadeCall[]): readonly string[] {
  const last = new Map<string, MadeCall>();
  for (const call of calls) {
    last.delete(call.about);
    last.set(call.about, call);
  }
  return [...last.values()].map(
    ({ about, isError, text }) => `${about}: ${isError ? "failed: " : ""}${outcomeLine(text)}`,
  );
}

function notesOf(calls: readonly MadeCall[]): readonly string[] {
  return calls
    .filter(({ tool }) => tool === "Remember")
    .map(({ input }) => String(input["note"]).replaceAll("\n", " ").slice(0, 400).toWellFormed());
}

function failedOf(calls: readonly MadeCall[]): readonly string[] {
  return calls
    .filter(({ tool, isError }) => isError && tool !== "Bash")
    .map(({ tool, about, text }) => `${tool} ${about}: ${outcomeLine(text)}`);
}

function saidIn(entries: readonly ContextEntry[], { from, to }: DigestOptions): readonly string[] {
  return entries
    .slice(from, to + 1)
    .flatMap((entry) => (entry.kind === "reply" ? entry.blocks : []))
    .flatMap((block) => (block.type === "text" ? [block.text] : []))
    .map((text) => text.trim().replaceAll(/\s+/g, " ").slice(0, saidCharsMax).toWellFormed());
}
