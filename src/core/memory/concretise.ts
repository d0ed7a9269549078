import type { Cite } from "../../model/memory-observation.ts";
import { withoutVagueWords } from "./safety/is-vague.ts";
import { tellsSecret } from "./safety/tells-secret.ts";
import { meaning } from "./words/lexicon.ts";
import { isEmpty, isLight } from "./words/meanings-of.ts";
import { tokensOf } from "./words/tokens.ts";

/** Longest piece of evidence that is quoted, in characters. */
const quoteMax = 280;
const topicWordsMax = 6;

export interface Concrete {
  readonly text: string;
  /** What was seen, word for word. */
  readonly seen: string;
}

/**
 * Phase 5. Says what a vague statement is about, where that was seen, and what was seen there. Where words
 * judge what it does not name, only those stay that say what it is about. Undefined when there is none.
 */
export function concretise(text: string, cites: readonly Cite[]): Concrete | undefined {
  const found = seenIn(cites);
  if (found === undefined) return undefined;
  const { said, cite, seen } = found;
  const evidence = `${cite.command ?? ""}\n${cite.path ?? ""}\n${cite.excerpt}`.toLowerCase();
  const topic = topicOf(text.replace(/[.!?\s]+$/, ""), evidence);
  return {
    text: topic === "" ? `${said.charAt(0).toUpperCase()}${said.slice(1)}` : `${topic}, ${said}`,
    seen,
  };
}

function seenIn(
  cites: readonly Cite[],
): { readonly said: string; readonly cite: Cite; readonly seen: string } | undefined {
  const [best] = cites
    .map((cite) => ({ cite, line: tellingLine(cite.excerpt) }))
    .filter(({ cite, line }) => line !== "" || (cite.command ?? cite.path ?? "") !== "")
    .toSorted((a, b) => weight(b.line) - weight(a.line) || (a.line < b.line ? -1 : 1));
  if (best === undefined) return undefined;
  const beside =
    remedyIn(cites, best) ?? cites.find(({ excerpt }) => excerpt !== best.cite.excerpt);
  const all = beside === undefined ? [best.cite] : [best.cite, beside];
  return {
    said: all.map((cite, at) => sayingOf(cite, at)).join("; "),
    cite: best.cite,
    seen: best.line === "" ? (best.cite.command ?? best.cite.path ?? "") : best.line,
  };
}

/** No colon behind a command: "SVC=toll-pass`: `…" would look like a password, and be taken out. */
function sayingOf({ command, path, excerpt }: Cite, at: number): string {
  const line = tellingLine(excerpt);
  const [where, gives] =
    command != null && command !== ""
      ? [`${at === 0 ? "running " : ""}${quoted(command)}`, " gives "]
      : path != null && path !== ""
        ? [`in ${quoted(path)}`, ": "]
        : ["as seen", ": "];
  return line === "" ? where : `${where}${gives}${quoted(line)}`;
}

/** What went well where the same command failed otherwise: "`PORT=0 npm test` gives `32 of 32 runs passed`". */
function remedyIn(
  cites: readonly Cite[],
  { cite: { command }, line }: { readonly cite: Cite; readonly line: string },
): Cite | undefined {
  if (command == null || !fails.test(line)) return undefined;
  const words = wordsOf(command);
  return cites.find((other) => {
    const its = other.command == null || other.command === command ? [] : wordsOf(other.command);
    const shared = its.filter((word) => words.includes(word)).length;
    return its.length > 0 && shared * 2 >= words.length && !fails.test(other.excerpt);
  });
}

function wordsOf(command: string): readonly string[] {
  return command.split(/\s+/).filter((word) => word !== "");
}

function quoted(text: string): string {
  return text.includes("`") ? text : `\`${text}\``;
}

/** The line of an excerpt that tells most: with a failure, with names and numbers. */
function tellingLine(excerpt: string): string {
  const lines = excerpt
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !tellsSecret(line));
  const [best = ""] = lines.toSorted((a, b) => weight(b) - weight(a));
  return best.length <= quoteMax ? best : best.slice(0, quoteMax).replace(/\s\S*$/, "");
}

const fails =
  /error|fail(?!ed: 0|ures?: 0)|exceed|denied|refused|timed? ?out|cannot|killed|exception|warn|took|panic|conflict|out of memory|stuck|crash|not set|not found|missing|abort/i;

function weight(line: string): number {
  const concrete = tokensOf(line).filter(({ kind }) => kind !== "word").length;
  const measured =
    /\b\d[\d.]*\s?(?:ms|s|sec|seconds?|m|min|minutes?|h|hours?|[kmg]i?b|%)(?!\w)/i.test(line);
  // Of a change, what is so now.
  const isAdded = /^\+(?!\+)/.test(line);
  return Math.min(concrete, 6) + (fails.test(line) ? 8 : measured ? 4 : 0) + (isAdded ? 2 : 0);
}

/** The words of a vague statement; where they judge something that its evidence does not name, those that say what it is about. */
function topicOf(text: string, evidence: string): string {
  const plain = withoutVagueWords(text);
  const isNamed = tokensOf(text).every(
    ({ kind, text: word }, at) =>
      (kind === "word" && (at === 0 ? /^\p{L}\p{Ll}*$/u : /^\p{Ll}/u).test(word)) ||
      evidence.includes(word.toLowerCase()),
  );
  if (plain === text || isNamed) return text;
  const words = tokensOf(plain)
    .filter(({ kind, text: word }, at) => {
      if (evidence.includes(word.toLowerCase()) && kind !== "number") return true;
      return (
        kind === "word" &&
        (/^[a-z]+$/.test(word) || (at === 0 && /^[A-Z][a-z]+$/.test(word) && isPlainStart(word)))
      );
    })
    .filter(({ kind, text: word }) => kind !== "word" || !isHollow(word))
    .map(({ text: word }) => word)
    .slice(0, topicWordsMax);
  const topic = words.join(" ");
  return `${topic.charAt(0).toUpperCase()}${topic.slice(1)}`;
}

function isHollow(word: string): boolean {
  const meant = meaning(word.toLowerCase());
  return isEmpty(meant) || isLight(meant);
}

/** A capital at the start of a sentence says nothing; a plural or a common noun is no name. */
function isPlainStart(word: string): boolean {
  return /^(?:tests?|builds?|deploys?|migrations?|imports?|queries|endpoints?|requests?|jobs?|caches?|logs?|errors?|uploads?|downloads?|releases?|pages?|scripts?|hooks?|types?)$/i.test(
    word,
  );
}
