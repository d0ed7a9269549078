import type { Cite } from "../../../model/memory-observation.ts";
import type { Claim } from "../claim/claim.ts";
import { holdsValue, textMeanings } from "../claim/key-vocabulary.ts";
import { isBe, mainVerb } from "../claim/main-verb.ts";
import { type Piece, piecesOf } from "../claim/spans.ts";
import { changeVerbs, conditions, meaning } from "../words/lexicon.ts";
import { isEmpty, isLight, isWeak, meaningsOfToken } from "../words/meanings-of.ts";
import { partsOf, type Token, tokensOf } from "../words/tokens.ts";
import { weekday } from "../words/weekday.ts";
import { pointsAt, pointsOut } from "./points-at.ts";
import { endOfKind, leavesOpen, showsWhich } from "./shows-which.ts";
import { tellsSecret } from "./tells-secret.ts";

/** What is said, with its evidence. */
export interface Told {
  /** Without what is said around it. */
  readonly text: string;
  /** What it is about, where a key says so. */
  readonly subject: string;
  /** As its words alone are read. */
  readonly claim: Claim;
  readonly cites: readonly Cite[];
}

/**
 * Whether only the evidence says what the words mean: "it wants that one variable" beside "TILE_HOME is not set", "uploads break"
 * beside "413 for bodies over 2 MB". Such words name nothing but what they are about, their evidence does, and it bears out no
 * value of theirs. "Lint runs on ruff" beside `[tool.ruff]` says it itself, and so does "deploys go through the release train",
 * which nothing has to bear out. "The build is reproducible" may say it itself or judge: it is heard as it is, and has its
 * evidence "beside" it.
 */
export function shownBy(told: Told): "instead" | "beside" | undefined {
  const { text, claim, cites } = told;
  const seen = cites
    .flatMap(({ excerpt }) => excerpt.split("\n"))
    .filter((line) => !tellsSecret(line))
    .join("\n");
  const pieces = piecesOf(text);
  const spoken = { pieces, verb: mainVerb(pieces) };
  const isWhich = cites.some((cite) => showsWhich(text, cite));
  const whichEnd = isWhich ? endOfKind(text) : 0;
  if (namesSomething(told, spoken, whichEnd)) return undefined;
  const run = cites.map(({ command }) => command ?? "").join("\n");
  const isPointing = pointsAt(text);
  const isRun = isWhich || isPointing || isBare(spoken) || (seen !== "" && leavesOpen(text));
  const isIn = isWhich && cites.some(({ path }) => hasMore(nameOf(path ?? ""), text));
  if (!isIn && !hasMore(seen, text) && !(isRun && hasMore(run, text))) return undefined;
  if (isPointing) {
    return isWhich ||
      pointsOut(text) ||
      !isNamed(text.slice(pieces[spoken.verb]?.end ?? 0), claim.value, seen)
      ? "instead"
      : undefined;
  }
  const isFailing = fails.test(seen);
  if (!isFailing && !isWhich && isTied(spoken, claim)) return undefined;
  if (isBornOut(told, spoken, { seen, whichEnd })) return undefined;
  return !isFailing && !isWhich && isProperty(text, spoken) ? "beside" : "instead";
}

/** Of a file, without what it ends in. */
function nameOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/(?<=.)\.\w+$/, "");
}

/** "The option", "the script": a noun that stands alone. */
function isBare({ pieces, verb }: Spoken): boolean {
  return pieces.some(({ lower }, at) => {
    const next = pieces[at + 2];
    const isEnd = next === undefined || next.isApart || at + 2 === verb;
    return lower === "the" && (isEnd || /^(?:it|they|we|you|must|should|can)$/.test(next.lower));
  });
}

interface Spoken {
  readonly pieces: readonly Piece[];
  /** Place of its main verb; what stands before it is what it is about. */
  readonly verb: number;
}

/**
 * A number, a name or quoted text of its own, beside what it is about, where it was seen, and what narrows it. What only evidence
 * says the name of ends at `whichEnd`.
 */
function namesSomething(
  { text, subject, claim, cites }: Told,
  { pieces, verb }: Spoken,
  whichEnd: number,
): boolean {
  const where = cites.map(({ path, command }) => `${path ?? ""} ${command ?? ""}`).join(" ");
  const about = new Set(partsOf(`${subject} ${where}`).map((part) => part.toLowerCase()));
  // "The web script is the one in that folder": what is said of it names nothing, whichever of both is read as its value.
  const isOpenEnd = pointsAt(text.slice(pieces[verb]?.end ?? 0));
  return pieces.some((piece, at) => {
    const { kind, text: word, lower } = piece;
    if (kind === "number" || kind === "date") return true;
    const isFirst = at === 0 || /[.!?:]\s*$/.test(text.slice(0, piece.start));
    // "UI", "VPN": there is only the one.
    const isPlain =
      kind === "word" && (isFirst || /^[A-Z]{1,4}$/.test(word) || !/^\p{Lu}/u.test(word));
    const isAbout =
      piece.end <= whichEnd ||
      (whichEnd > 0 && isWeekday.test(word)) ||
      word === claim.subject ||
      (at < verb && isOpenEnd) ||
      ((at < verb || /^(?:of|for)$/.test(pieces[at - 1]?.lower ?? "")) &&
        !claim.value.includes(word));
    if (isPlain || isAbout || conditions.has(meaning(lower))) return false;
    // "an off-by-one", "was hard-coded": words that are written as one are no name for that.
    const isCommon = kind === "name" && /^[a-z]+(?:-[a-z]+)+$/.test(word);
    // "is not thread-safe": how a thing is that evidence names.
    const isHow = whichEnd > 0 && /^(?:is|are|was|were|not)$/.test(pieces[at - 1]?.lower ?? "");
    if (isCommon && (isHow || /^an?$/.test(pieces[at - 1]?.lower ?? "") || isCompound.test(word)))
      return false;
    return !partsOf(lower).every((part) => about.has(part));
  });
}

/** "hard-coded", "start-up" */
const isCompound = /(?:ed|ing)$|^[a-z]+-(?:up|down|out|in|off|on|over)$/;

/** When a thing does what is said of it names no thing. */
const isWeekday = new RegExp(`^${weekday}$`, "i");

/** Whether evidence has a name, a number, a setting, a call or an error that the text has not. */
function hasMore(seen: string, text: string): boolean {
  const meant = textMeanings(text);
  const isNew = (token: Token): boolean => meaningsOfToken(token).some((word) => !meant.has(word));
  return (
    fails.test(seen) ||
    tokensOf(seen).some(
      (token) =>
        isNew(token) &&
        (token.kind !== "word" ||
          /^\p{Lu}{2,}$|\p{Ll}\p{Lu}/u.test(token.text) ||
          /^\s?[=:({[]/.test(seen.slice(token.end))),
    )
  );
}

/** Whether evidence has the value, or what is new in the text, which stands at its end. That it fails bears out nothing. */
function isBornOut(
  { text, claim, subject }: Told,
  { pieces, verb }: Spoken,
  { seen, whichEnd }: { readonly seen: string; readonly whichEnd: number },
): boolean {
  const isSet = pieces.some(({ kind, text: word }) => kind !== "number" && isSetTo(seen, word));
  if (isSet) return true;
  if (whichEnd > 0 && hasClause({ pieces, verb }, whichEnd)) return false;
  if (!isAnyOf(text, claim.value) && holdsValue(seen, claim.value) && isLast(text, claim.value))
    return true;
  const meant = textMeanings(seen.replaceAll(new RegExp(fails.source, "gi"), " "));
  const about = new Set([claim.subject, ...partsOf(subject)].map((word) => word.toLowerCase()));
  const said = pieces
    .slice(verb + 1)
    .filter(({ lower }) => !about.has(lower))
    .flatMap((piece) => meaningsOfToken(piece))
    .filter((word) => !isEmpty(word) && !isLight(word) && !isWeak(word));
  const isAny = isAnyOf(text, pieces.at(-1)?.text ?? "");
  return said.length > 0 && !isAny && said.every((word) => meant.has(word));
}

/** "The runbook tells how it is done": what such a clause says is no value, and its verb may be the one that was read. */
function hasClause({ pieces, verb }: Spoken, from: number): boolean {
  const first = pieces.findIndex(({ start }) => start >= from);
  return (
    verb > first || pieces.slice(first).some(({ lower }) => /^(?:how|why|what|who)$/.test(lower))
  );
}

/** "Its index", "the new driver": one noun behind such a word says what kind of thing is meant, and not which. */
function isAnyOf(text: string, value: string): boolean {
  const nouns = tokensOf(value).filter(({ text: word }) => !isEmpty(meaning(word)));
  const between = wordAfterOpening(text, value);
  return (
    nouns.length === 1 && between !== undefined && (between === "" || isEmpty(meaning(between)))
  );
}

/** "release manager: Marguerite", "format: ruff format": a setting whose value is a name. */
function isSetTo(seen: string, name: string): boolean {
  const isName = /^\p{Lu}\p{Ll}+$/u.test(name) || /[^\p{L}]/u.test(name);
  const at = isName ? seen.indexOf(name) : -1;
  return at > 0 && /[:=]\s*["'`]?$/.test(seen.slice(0, at));
}

/** "The generated client of web is out of date": what is said of "client" comes behind it. */
function isLast(text: string, value: string): boolean {
  const at = text.lastIndexOf(value);
  return at <= 0 || !/\b(?:is|are|was|were)\b/.test(text.slice(at));
}

/** "The build is reproducible": what something is, and neither what was, nor what happens, nor why. */
function isProperty(text: string, { pieces, verb }: Spoken): boolean {
  return (
    /^(?:is|are)$/.test(pieces[verb]?.lower ?? "") &&
    !/^an? /i.test(text) &&
    !/\b(?:not|never|because|since|due|but|when|if|what|how|why)\b|n't\b|,/i.test(text)
  );
}

/** What became of something: no name. */
const become = /^(?:[a-z]+(?:ed|ing)|lost|gone|broken|stuck|kept|sent|cut|late|slow|wrong)$/;

/** A value without an article is a name that evidence may have, too: "npm", and neither "the lock" nor "some variable". */
function isNamed(text: string, value: string, seen: string): boolean {
  if (value === "" || fails.test(value) || become.test(value) || !holdsValue(seen, value))
    return false;
  return (
    text.toLowerCase().includes(value.toLowerCase()) && wordAfterOpening(text, value) === undefined
  );
}

/** The word between one that says which or whose and a value, "" where there is none; undefined where nothing says that. */
function wordAfterOpening(text: string, value: string): string | undefined {
  const at = text.toLowerCase().lastIndexOf(value.toLowerCase());
  const opening =
    /\b(?:the|an?|some|any|that|this|one|another|every|each|its|their|our)\s(?:(\w+)\s)?$/i.exec(
      text.slice(0, Math.max(at, 0)),
    );
  return opening === null ? undefined : (opening[1] ?? "");
}

/** "goes through the release train", "is applied by the deploy job": what only ties its end to what it is about. */
function isTied({ pieces, verb }: Spoken, { value }: Claim): boolean {
  const [word, next, after] = pieces.slice(verb);
  // "They come when they feel like it": no place, but when.
  if (pieces.slice(verb).some(({ lower }) => clauses.test(lower))) return false;
  if (verb === -1 || word === undefined || !value.includes(pieces.at(-1)?.text ?? " "))
    return false;
  // "with the script", and neither "the release train" nor "npm".
  const [article, last] = pieces.slice(-2);
  const isPlain = last?.kind === "word" && /^\p{Ll}+$/u.test(last.text);
  if (isPlain && /^(?:the|an?|that|this)$/.test(article?.lower ?? "")) return false;
  const meant = meaning(word.lower);
  if (meant === meaning("use")) return true;
  if (isBe(word)) return /(?:ed|en|t)$/.test(next?.lower ?? "") && places.test(after?.lower ?? "");
  return isLight(meant) && !changeVerbs.has(meant) && places.test(next?.lower ?? "");
}

const clauses = /^(?:when|whenever|if|unless|while|because)$/;
const places = /^(?:in|on|at|with|by|from|to|through|via|under|into)$/;
const fails =
  /\b(?:error|err|fail(?:ed|s|ure|ures)?|exception|panic(?:ked)?|cannot|denied|refused|timed out|missing|not set|not found|killed|exceeded)\b/i;
