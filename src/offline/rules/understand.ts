import { err, ok, type Result } from "../../model/result.ts";
import { changeProblem } from "./change-problem.ts";
import type { Change, Order } from "./change.ts";
import { clausesOf } from "./clauses.ts";
import { readAdvice } from "./phrases/advice.ts";
import { readArguments } from "./phrases/arguments.ts";
import { readImports } from "./phrases/imports.ts";
import { readNodePrefix } from "./phrases/node-prefix.ts";
import type { Phrase } from "./phrases/phrase.ts";
import { readRename } from "./phrases/rename.ts";
import { readReplace } from "./phrases/replace.ts";
import { type Quoted, setQuotedAside } from "./quoted.ts";
import { placesOf } from "./task-paths.ts";

const lengthMax = 20_000;
const phrases: readonly Phrase[] = [
  readNodePrefix,
  readImports,
  readArguments,
  readRename,
  readReplace,
];

/**
 * Reads a task in words. All of it has to be understood: a sentence that might narrow or widen the work is not skipped.
 * The error says which words were not understood.
 */
export function understand(task: string): Result<readonly Order[], string> {
  if (task.length > lengthMax) return err("the task is too long to be read by rules");
  const quoted = setQuotedAside(task);
  const orders: Order[] = [];
  let limits: readonly string[] = [];
  let mentions: boolean | undefined;
  for (const clause of clausesOf(quoted.text)) {
    const advice = readAdvice(clause, quoted);
    if (advice !== undefined) {
      limits = [...limits, ...(advice.limits ?? [])];
      mentions = advice.mentions ?? mentions;
      continue;
    }
    const read = readClause(clause, quoted);
    if (read === undefined) return err(quoted.restore(clause).slice(0, 200));
    orders.push(...read);
  }
  if (orders.length === 0) return err("there is no change in it");
  const problem = orders
    .map(({ change }) => changeProblem(change))
    .find((why) => why !== undefined);
  if (problem !== undefined) return err(problem);
  return ok(orders.map((order) => refined(order, { limits, mentions })));
}

function refined(
  order: Order,
  said: { readonly limits: readonly string[]; readonly mentions: boolean | undefined },
): Order {
  const { change } = order;
  const narrowed: Change =
    change.kind === "rename" && said.mentions !== undefined
      ? { ...change, mentions: said.mentions }
      : change;
  return { change: narrowed, paths: order.paths.length > 0 ? order.paths : said.limits };
}

/** A clause as it stands, or with a place cut off its end or its beginning. */
function readClause(clause: string, quoted: Quoted): readonly Order[] | undefined {
  const outer = cutMentions(clause);
  for (const { words, paths } of readings(outer.text, quoted)) {
    const inner = cutMentions(words);
    const mentions = outer.mentions ?? inner.mentions;
    const changes = readPhrase(inner.text, quoted);
    if (changes !== undefined) {
      return changes.map((change) => refined({ change, paths }, { limits: [], mentions }));
    }
  }
  return undefined;
}

function readPhrase(words: string, quoted: Quoted): readonly Change[] | undefined {
  for (const phrase of phrases) {
    const changes = phrase(words, quoted);
    if (changes !== undefined) return changes;
  }
  return undefined;
}

interface Reading {
  readonly words: string;
  readonly paths: readonly string[];
}

function readings(clause: string, quoted: Quoted): readonly Reading[] {
  const found: Reading[] = [];
  const first = /^(?:only\s+)?(?:in|inside|within|under)\s+([^,]+),\s+(.+)$/i.exec(clause);
  const firstPlaces = first === null ? undefined : placesOf(first[1] ?? "", quoted);
  if (first !== null && firstPlaces !== undefined)
    found.push({ words: first[2] ?? "", paths: firstPlaces });
  for (const match of clause.matchAll(
    /,?\s+(?:but\s+)?(?:only\s+|just\s+)?(?:in|inside|within|under|below|across|throughout|everywhere in|everywhere|globally|repo-wide|repository-wide)(?=\s|$)/gi,
  )) {
    const rest = clause.slice(match.index + match[0].length).trim();
    const places = rest === "" ? [] : placesOf(rest, quoted);
    if (places !== undefined) found.push({ words: clause.slice(0, match.index), paths: places });
  }
  return [...found, { words: clause, paths: [] }];
}

const withMentions =
  /[,(]?\s*(?:including|also\s+in|and\s+(?:also\s+)?in)\s+(?:in\s+)?(?:(?:the|all|its|their|code|any)\s+)*(?:comments?|docs?|documentation|jsdoc|readmes?|markdown|tests?|types?|typings|examples?|usages?|references|imports|exports|imports?|declarations?|and|,|\s|mentions?|in)+\)?$/i;
const withoutMentions =
  /[,(]?\s*(?:(?:but\s+)?(?:not|excluding|except)\s+(?:in\s+)?(?:the\s+)?(?:comments?|docs?|documentation|markdown|and|or|,|in|\s)+|(?:in\s+)?code only|only in (?:the\s+)?code)\)?$/i;

function cutMentions(clause: string): {
  readonly text: string;
  readonly mentions: boolean | undefined;
} {
  if (withoutMentions.test(clause))
    return { text: clause.replace(withoutMentions, ""), mentions: false };
  const bare = clause.replace(withMentions, "");
  return { text: bare, mentions: bare === clause ? undefined : true };
}
