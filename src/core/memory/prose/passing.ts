import { prepositions } from "../claim/spans.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { changeVerbs } from "../words/lexicon.ts";
import { stem } from "../words/stem.ts";

/** What somebody is asked to do now, or does next, also where it says "now" or "moved": whatever it names is nothing's value. */
const errand = new RegExp(
  [
    String.raw`^(?:the |my )?next step(?: (?:for|of) .+?)?(?::| is )`,
    String.raw`^(?:done with|moving on to|stop here|hold|skip|park|rename it|(?:i |we )?will (?:come|get|go|look|test))\b`,
    String.raw`^(?:please )?leave .+ (?:alone|as (?:it|they) (?:is|are))\b|^please (?:rerun|hold|skip|wait|look|check)\b`,
    String.raw`^(?:(?:looks )?good to me|lgtm)\b|^discussed\b|^\w+ tests of \S+ updated\b|^no, not .{1,30}, i meant\b`,
    String.raw`^no, i meant\b|^no, not that one\b|\bnot sure (?:yet )?(?:about the name|why|how|what|where|who)\b`,
    String.raw`^(?:interesting, but )?not now\b|^(?:explained|showed) to \S+ (?:how|why|what)\b`,
    String.raw`^(?:moved|split) .*\b(?:helpers?|functions?|methods?|class(?:es)?|tests?|validation|formatting|logic|todos?)\b.* into |^moved (?-i:[a-z]+[A-Z])\w* `,
    String.raw`^reverted my (?:\w+ )?(?:edit|change|commit|attempt)\b`,
    String.raw`^(?-i:\p{Lu})\w+ will (?:test|bring|look|check|fix|do|write|ask|send|come|present)\b`,
    String.raw`^try .* (?:first|again)\b`,
    String.raw`\bin this (?:session|round)\b`,
    String.raw`^keep the (?:pull request|merge request|pr|mr|commit|diff) (?:for|of|on)\b`,
    String.raw`^(?:refactored|removed|deleted|added|fixed|cleaned|tidied|extracted|inlined|simplified|documented|reviewed|debugged|profiled|reproduced|touched|polished|reworked|annotated) (?:[a-z]+ ){1,3}(?:in|on|of|near|next to|around|inside) \S+(?:$|[.;,])(?!.*\b(?:is|are)\b)`,
    String.raw`^left .+ alone\b|^leave .+ for now\b|^moved on from .+ on request\b|^(?:stop|wait|oops), wrong branch\b|^git (?:push|pull|fetch|checkout|rebase)\b.* -> `,
    String.raw`^(?:i(?:['’]ve| have) (?:just )?(?:put \S+ on (?:the|your|my) \w+|sent|given|opened|filed)|started on)\b|^(?:paired|met|talked|synced|chatted|spoke) with [^,:;]+$`,
  ].join("|"),
  "iu",
);
/** How it stands today, or what somebody thinks of it. */
const today = new RegExp(
  [
    String.raw`\bis (?:on (?:holiday|vacation|leave|sick leave|parental leave)|out (?:today|this week|sick)|off (?:today|this week))\b`,
    String.raw`^(?:the )?head of \S+ is [0-9a-f]{7,40}\b|\b\d+ insertions?\b|\b(?:clean|green|passing) after \d+ (?:fix|change|attempt|retr)`,
    String.raw`\b(?:refactoring|clean-?up|rewrite|review|sketch|draft) of \S+ is (?:finished|done)\b`,
    String.raw`^(?:compiler|compile|type|syntax|lint|build|runtime|import) error (?:in|at|on|from)\b`,
    String.raw`\bin the next (?:demo|meeting|sprint|stand-?up|retro|call)\b`,
    String.raw`^(?-i:\p{Lu})\w+ (?:thinks|feels|wonders|suspects|hopes|is not sure)\b`,
    String.raw`\b(?:report|summary) (?:for|of) \S+ written(?:,|$)`,
  ].join("|"),
  "iu",
);
/** What a file has in it. */
const inFile =
  /\bhas an? (?:\w+ ){0,2}?(?:section|comment|todo|paragraph|chapter)\b(?! (?:length|width|limit|style|height))|\b(?:is|has|have|are) \d+ (?:lines(?:,| long| of)|outliers|callers)\b/i;

/** Verbs in the past that do not end in -ed. */
const past = new Set(
  "came wrote ran took found saw said told left began broke gave made sent spent sat stood lost won met paid rose fell threw drew led felt brought bought caught fought sought froze spoke woke drove rode hid went".split(
    " ",
  ),
);
/** How something is, has to be, or does, when that is, and how often: what follows is no event. */
const state =
  /^(?:is|are|was|were|has|have|had|must|should|shall|will|can|may|might|needs?|uses?|runs?|do|does|lives?|be|been|gets?|got|stays?|remains?|keeps?|defaults?|when|if|once|after|before|unless|until|=|:|->|→)$/;
const again = /\b(?:every|each|always|per)\b/i;

/**
 * Whether a sentence that came without a key tells what passes: what is asked for now, what happened, or something of one thing beside
 * another one ("hold V until Ana has seen S"). What it names took no other's place, and nothing takes its own.
 */
export function passes({
  observation,
  text,
  claim,
}: Pick<Statement, "observation" | "text" | "claim">): boolean {
  const { subject, predicate, value, isTold } = observation;
  const isKeyed = isTold !== true && (subject ?? predicate ?? value) != null;
  if (isKeyed) return false;
  const said = stripStatement(text).text;
  if (errand.test(said) || today.test(said)) return true;
  if (claim.isChange) return false;
  if (claim.valueKey === "") return tellsEvent(said.split(/[,;]\s+/)[0] ?? "");
  return inFile.test(said) || tellsEvent(partWith(said, claim.value)) || isApart(text, claim);
}

/** The part of a sentence that has its value: "Ana left, Mei has web" tells who has it. */
function partWith(text: string, value: string): string {
  const parts = text.split(/[,;]\s+/);
  return parts.findLast((part) => part.toLowerCase().includes(value.toLowerCase())) ?? text;
}

/** "build 20499 of web failed": its verb is in the past, and says of nothing that it is otherwise since. */
function tellsEvent(text: string): boolean {
  if (again.test(text)) return false;
  const words = text
    .replaceAll(/`[^`]*`/g, "it")
    .replaceAll(/:(?=\s)/g, " :")
    .split(/\s+/);
  for (const [at, given] of words.entries()) {
    const word = given.toLowerCase();
    if (/^(?:was|were)$/.test(word) && isDeed(words.slice(at + 1))) return true;
    if (state.test(word)) return false;
    const isPast = past.has(word) || (/^[A-Z]?[a-z]{2,}ed$/.test(given) && !word.endsWith("eed"));
    if (!isPast) continue;
    if (changeVerbs.has(stem(word)) || (word === "went" && words[at + 1] === "from")) return false;
    return at === 0 ? isDone(words[1] ?? "") : isMain(words, at);
  }
  return false;
}

/** "was cancelled in build 4", "was edited by Ana"; what was set to, or deployed in, is so. */
function isDeed([verb = "", next = "", where = ""]: readonly string[]): boolean {
  return (
    /^[a-z]{2,}ed$/.test(verb) &&
    !changeVerbs.has(stem(verb)) &&
    (/^(?:by|because|when|while|during)$/.test(next) ||
      (next === "in" && /^(?:build|run|session|commit|pr|release)$/.test(where)))
  );
}

/** "Moved the TODO", "refactored parseHead"; "cached responses" are a thing. */
function isDone(next: string): boolean {
  return /^(?:the|an?|my|our|this|that|these|those|two|three|some|up|out|it|dead|unused|stale|leftover|obsolete|redundant|duplicate|\d+|[\w./]*[._/]\w[\w./]*|[a-z]+[A-Z]\w*)$/.test(
    next,
  );
}

/** "the wall time requested by the job is", "14 failed jobs": no main verb. */
function isMain(words: readonly string[], at: number): boolean {
  const before = words[at - 1]?.toLowerCase() ?? "";
  if (prepositions.has(before) || isNoSubject.test(before)) return false;
  const end = words.findIndex((word, index) => index > at && isNext.test(word));
  const rest = words.slice(at + 1, end === -1 ? undefined : end);
  const isVerb = (word: string, index: number): boolean =>
    index < rest.length - 1 && /^[a-z]{3,}[^s\W]s$/.test(word);
  return !rest.some((word, index) => state.test(word.toLowerCase()) || isVerb(word, index));
}

/** What follows is a clause of its own. */
const isNext = /^(?:until|because|so|when|while|since|after|before|and|but|if|how|why)$/;
const isNoSubject = /^(?:the|an?|our|its|all|each|every|any|no|and|or|then|\d[\d.]*|max|min)$/;

/** A clause with a verb of its own begins between subject and value; "it" and "they" speak of the same. */
const clause =
  /(?:;\s|,\s(?!otherwise\b|or\b)|\b(?:until|because|since|so that|unless|whether|why|once) )(?!(?:it|they|that|which|who|\d[\d.]*)\b)(?:\S+ ){1,3}?(?:is|are|has|have|was|will|wants?|loads|needs) |, (?:look|clean|moving|to) |\bwhy \S+ is\b/i;
/** "To reach S, use V", "if S is down, call V": what stands first says when, or what for. */
const opening = /^(?:to|for|if|when|in|on|under|with|at|as|before|after) [^,]*,\s/i;

/** "Stop here, Ana wants to see S", "skip S, V is on it", "V is blocked until S is back"; "its owner, V" names who that is. */
function isApart(text: string, { subject, value }: Statement["claim"]): boolean {
  const said = text.toLowerCase();
  const [a, b] = [said.indexOf(subject.toLowerCase()), said.lastIndexOf(value.toLowerCase())];
  if (subject === "" || value === "" || a === -1 || b === -1) return false;
  const first = opening.exec(text)?.[0].length ?? 0;
  const from = Math.max(a < b ? a + subject.length : b + value.length, first);
  const begins = clause.exec(text.slice(from));
  return begins !== null && from + begins.index < Math.max(a, b);
}
