import { outsideScope } from "../../core/scope.ts";
import { askAll } from "./ask.ts";
import type { Order } from "./change.ts";
import type { ContractText } from "./contract-text.ts";
import type { Answer, Say, Talk } from "./conversation.ts";
import { type Apply, convert, type Converted, eligible, nothingConverted } from "./convert.ts";
import { scopeFolders } from "./scope-folders.ts";
import { searchPattern } from "./search-pattern.ts";
import { type Hit, search } from "./search.ts";
import { notUnderstood, submit } from "./submit.ts";
import { understand } from "./understand.ts";

/** Looks for places to change until a look finds none that is new; a cut search finds the rest on the next look. */
const looksMax = 6;
/** As many as one turn reads. */
const filesAtOnce = 8;

interface Means {
  readonly orders: readonly Order[];
  readonly scope: readonly string[];
  readonly apply: Apply;
}

/** A worker's whole life: find the places, read, edit, look again, run the checks, deliver. */
export function* worker(
  contract: ContractText,
  options: { readonly tools: ReadonlySet<string>; readonly apply: Apply },
): Talk<Say> {
  const task = understand(contract.task);
  if (!task.ok)
    return submit({
      status: "failed",
      summary: `${notUnderstood} (not understood: ${task.error})`,
    });
  const means: Means = { orders: task.value, scope: contract.writeScope, apply: options.apply };
  const done = nothingConverted();
  const hints = eligible(pathsIn(contract.feedback), means);
  if (hints.length > 0) yield* convert(hints, means, done, false);
  const left = yield* convertAll(means, done);
  done.blocked.push(...notAsIntended(done, left));
  const checks = options.tools.has("Bash") ? contract.checks : [];
  const outcome =
    done.blocked.length > 0 || done.changed.size === 0
      ? { evidence: [], red: [] }
      : yield* judged(checks, means, done);
  return deliver(done, { left, ...outcome });
}

/** Searches and converts until nothing new turns up; gives the places that still match. */
function* convertAll(means: Means, done: Converted): Talk<readonly Hit[]> {
  const pattern = means.orders
    .map(({ change }) => searchPattern(change))
    .filter((part, index, all) => all.indexOf(part) === index);
  for (let look = 1; ; look++) {
    const hits: Hit[] = [];
    let incomplete = false;
    for (const part of pattern) {
      const found = yield* search(part, scopeFolders(means.scope));
      hits.push(...found.hits);
      incomplete ||= found.incomplete;
    }
    const paths = eligible(
      hits.map(({ path }) => path),
      means,
    ).filter((path) => !done.texts.has(path));
    if (paths.length === 0 || look === looksMax) {
      if (incomplete || paths.length > 0) done.blocked.push("not every place could be searched");
      return hits.filter(({ path }) => outsideScope([path], means.scope).length === 0);
    }
    // Some at a time: what is changed is no longer found, should the conversation be shortened and work begin anew.
    for (let at = 0; at < paths.length; at += filesAtOnce)
      yield* convert(paths.slice(at, at + filesAtOnce), means, done, true);
  }
}

interface Judged {
  readonly evidence: readonly string[];
  /** What failed, in words. */
  readonly red: readonly string[];
}

/** Runs the checks once; files that a failing check names and that were missed are mended, and what failed is run again. */
function* judged(checks: readonly string[], means: Means, done: Converted): Talk<Judged> {
  let answers = yield* askAll("running the checks", checks.map(bash));
  let failing = checks.filter((_, index) => answers[index]?.isError !== false);
  const before = done.changed.size;
  const named = eligible(
    answers.flatMap(({ text }) => pathsIn(text)),
    means,
  );
  const missed = named.filter((path) => !done.texts.has(path));
  if (failing.length > 0 && missed.length > 0) {
    yield* convert(missed, means, done, false);
    if (done.changed.size > before) {
      const again = yield* askAll("running what failed again", failing.map(bash));
      answers = checks.map(
        (check, index) => again[failing.indexOf(check)] ?? answers[index] ?? none,
      );
      failing = checks.filter((_, index) => answers[index]?.isError !== false);
    }
  }
  return {
    evidence: checks.map((check, index) => `${check}: ${lastLine(answers[index] ?? none)}`),
    red: failing.map((check) => `the check fails: ${check}`),
  };
}

const none: Answer = { text: "no answer", isError: true };

function bash(command: string): { readonly name: string; readonly input: { command: string } } {
  return { name: "Bash", input: { command } };
}

function lastLine({ text }: Answer): string {
  return text.trim().split("\n").slice(-1)[0] ?? "";
}

function pathsIn(text: string): readonly string[] {
  return [
    ...text.matchAll(/(?<![\w/.-])(?:\.\/)?((?:[\w@.-]+\/)*[\w@.-]+\.(?:[cm]?[jt]sx?|mdx?))\b/g),
  ].map((match) => match[1] ?? "");
}

function deliver(done: Converted, seen: Judged & { readonly left: readonly Hit[] }): Say {
  const files = [...done.changed.keys()].toSorted();
  const places = [...done.changed.values()].reduce((sum, count) => sum + count, 0);
  const problems = [...done.blocked, ...seen.red];
  const made =
    files.length === 0
      ? "nothing to change"
      : `changed ${places} place${places === 1 ? "" : "s"} in ${files.length} file${files.length === 1 ? "" : "s"}`;
  return submit({
    status: problems.length > 0 ? "failed" : "done",
    summary: problems.length > 0 ? `${problems[0]} (${made})` : made,
    files,
    evidence: [
      ...seen.evidence,
      "searched again after the edits: every match left is meant to stay",
    ],
    openIssues: [...problems.slice(1), ...done.notes, ...leftOver(done, seen.left)],
  });
}

/** Lines of changed files that are not what was written there. */
function notAsIntended(done: Converted, left: readonly Hit[]): readonly string[] {
  return left
    .filter(
      ({ path, line, text }) =>
        done.changed.has(path) && !shows(done.texts.get(path)?.split("\n")[line - 1] ?? "", text),
    )
    .map(({ path, line }) => `${path}:${line} is not as it was written`);
}

/** A search shows a long line only up to an ellipsis. */
function shows(line: string, shown: string): boolean {
  return shown.endsWith("…")
    ? line.startsWith(shown.slice(0, -1)) || line === shown
    : line.trimEnd() === shown.trimEnd();
}

/** Matches that stay: in files of other kinds, and inside strings and the like. */
function leftOver(done: Converted, left: readonly Hit[]): readonly string[] {
  const other = [...new Set(left.map(({ path }) => path))].filter((path) => !done.texts.has(path));
  return other.length === 0
    ? []
    : [
        `possible matches left in files of other kinds: ${other.slice(0, 5).join(", ")}${other.length > 5 ? ` and ${other.length - 5} more` : ""}`,
      ];
}
