import { prepositions } from "../claim/spans.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { changeVerbs } from "../words/lexicon.ts";
import { stem } from "../words/stem.ts";

/** What somebody is asked to do now, or does next: whatever it names is nothing's value. */
const now = new RegExp(
  [
    String.raw`^(?:the |my )?(?:next|first|last) step\b`,
    String.raw`^(?:done with|moving on to|back to|stop here|hold|skip|leave|try|rename it|(?:i |we )?will (?:come|get|go|look|test|try))\b`,
    String.raw`^no, (?:not|i meant)\b|\bnot that one\b|\bnot sure (?:yet )?(?:why|how|what|where|who)\b`,
    String.raw`^(?:interesting|nice)\b|\bnot now\b|^(?:explained|showed) to \S+ (?:how|why|what)\b|^please (?:rerun|leave|hold|skip|wait|look|check)\b`,
    String.raw`^(?:moved|split) .+ into |^moved [a-z]+[A-Z]\w* |^reverted (?:my|the|an?|that) (?:\w+ )?(?:edit|change|commit|attempt)\b`,
    String.raw`^\p{Lu}\w+ will (?:test|bring|look|check|fix|take|do|write|ask|send|come|present)\b`,
    String.raw`\bhas an? (?:\w+ ){0,2}?(?:section|comment|todo|line|paragraph|chapter)\b(?! (?:length|width|limit|style|height))`,
    String.raw`\b(?:is|has|have|are|contains?) \d+ (?:lines|rows|warnings|outliers|callers|cases|functions)\b`,
    String.raw`\bin this (?:session|round)\b|\b(?:alone|as (?:it|they) (?:is|are)) for (?:now|the moment)\b`,
    String.raw`\b(?:is|are) on (?:it|holiday|leave|vacation|them)\b|\b(?:until|when|once) \S+ (?:is back|returns|has seen)\b`,
  ].join("|"),
  "iu",
);

/** Verbs in the past that do not end in -ed. */
const past = new Set(
  "came wrote ran took found saw said told left began broke gave made sent spent sat stood lost won met paid rose fell threw drew led felt brought bought caught fought sought froze spoke woke drove rode hid went".split(
    " ",
  ),
);
/** How something is, has to be, or does: what follows is no event. */
const state =
  /^(?:is|are|was|were|has|have|had|must|should|shall|will|can|may|might|needs?|uses?|runs?|do|does|lives?|be|been|gets?|got|stays?|remains?|keeps?|defaults?|=|:|->|→)$/;

/**
 * Whether a sentence that came without a key tells what passes: what is asked for now, what happened, or something of one thing beside
 * another one ("hold V until Ana has seen S"). What it names took no other's place, and nothing takes its own.
 */
export function passes({
  observation,
  text,
  claim,
}: Pick<Statement, "observation" | "text" | "claim">): boolean {
  const { subject, predicate, value } = observation;
  if ((subject ?? predicate ?? value) != null || claim.valueKey === "") return false;
  const said = stripStatement(text).text;
  return now.test(said) || (!claim.isChange && (tellsEvent(said) || isApart(text, claim)));
}

/** "build 20499 of web failed": its verb is in the past, and says of nothing that it is otherwise since. */
function tellsEvent(text: string): boolean {
  const words = text
    .replaceAll(/`[^`]*`/g, "it")
    .replaceAll(/([:,;])(?=\s)/g, " $1")
    .split(/\s+/);
  for (const [at, given] of words.entries()) {
    const word = given.toLowerCase();
    if (/^(?:was|were)$/.test(word) && isDeed(words[at + 1] ?? "", words[at + 2] ?? ""))
      return true;
    if (state.test(word)) return false;
    const isPast = past.has(word) || (/^[A-Z]?[a-z]{2,}ed$/.test(given) && !word.endsWith("eed"));
    if (!isPast) continue;
    if (changeVerbs.has(stem(word)) || (word === "went" && words[at + 1] === "from")) return false;
    return at === 0 ? isDone(words[1] ?? "") : isMain(words, at);
  }
  return false;
}

/** "was cancelled in build 4", "was edited by Ana"; what was set to, or pinned at, is so. */
function isDeed(word: string, next: string): boolean {
  return (
    /^[a-z]{2,}ed$/.test(word) &&
    !changeVerbs.has(stem(word)) &&
    /^(?:by|in|for|because|when|after|while|from|during)$/.test(next)
  );
}

/** "Moved the TODO", "refactored parseHead"; "cached responses" are a thing. */
function isDone(next: string): boolean {
  return /^(?:the|an?|my|our|this|that|these|those|two|three|some|up|out|it|\d+|[\w./]*[._/]\w[\w./]*|[a-z]+[A-Z]\w*)$/.test(
    next,
  );
}

/** "the wall time requested by the job is", "14 failed jobs": no main verb. */
function isMain(words: readonly string[], at: number): boolean {
  const before = words[at - 1]?.toLowerCase() ?? "";
  if (prepositions.has(before) || isNoSubject.test(before)) return false;
  const end = words.findIndex((word, index) => index > at && isNext.test(word));
  const rest = words.slice(at + 1, end === -1 ? undefined : end);
  return !rest.some((word) => state.test(word.toLowerCase()) || /^[a-z]{3,}[^s\W]s$/.test(word));
}

/** What follows is a clause of its own. */
const isNext = /^(?:until|because|so|when|while|since|after|before|and|but|,|;|if|how|why)$/;
const isNoSubject =
  /^(?:the|an?|our|its|all|each|every|any|no|once|and|or|when|if|then|\d[\d.]*|[,;]|max|min)$/;

/** A clause ends between subject and value. */
const clause =
  /;\s|,\s(?!(?:the|an?|team|its|otherwise|or|for|of|in|on|at|by|with|under)\b|[A-Z\d"`#/.])|\b(?:until|because|since|so that|unless|whether|why)\b|\bonce (?!it\b|they\b|more\b|\d)/;
const ownVerb = /^\S*(?: \S+)? (?:is|are|has|was|will|wants?) /;
/** "To reach S, use V", "if S is down, call V": what stands first says when, or what for. */
const opening = /^(?:to|for|if|when|in|on|under|with|at|as|before|after) [^,]*,\s/i;

/** "Stop here, Ana wants to see S", "skip S, V is on it"; "its owner, V" names who that is. */
function isApart(text: string, { subject, value }: Statement["claim"]): boolean {
  const said = text.toLowerCase();
  const [a, b] = [said.indexOf(subject.toLowerCase()), said.lastIndexOf(value.toLowerCase())];
  if (subject === "" || value === "" || a === -1 || b === -1) return false;
  const first = opening.exec(text)?.[0].length ?? 0;
  const from = a < b ? Math.max(a + subject.length, first) : b + value.length;
  const between = text.slice(from, a < b ? b : a);
  if (a < b && /,\s$/.test(between) && ownVerb.test(text.slice(b))) return true;
  return clause.test(`${between.replace(/,\s$/, "")}${a < b ? value : ""}`);
}
