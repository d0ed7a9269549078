import { meaning, oneNouns, weakNouns } from "../words/lexicon.ts";
import { isBe, mainVerb } from "./main-verb.ts";
import { isNarrowing, isPreposition, phraseEnd, phraseStart, type Piece } from "./spans.ts";

/** Where the value is in a statement; everything else says what it is the value of. */
export interface Found {
  readonly verb: number;
  readonly from: number;
  readonly to: number;
  /** The value stands before the verb: "pnpm is the package manager of web". */
  readonly isInverse: boolean;
}

const inverseVerbs = /^(?:owns?|maintains?|leads?|hosts?|reviews?|stewards?)$/;
/** Verbs whose object is only what is handled; the value comes behind a preposition. */
const carrying =
  /^(?:stor|writ|keep|sav|put|deploy|send|publish|push|log|mov|migrat|switch|chang|set|pin|charg|host|connect|compil|format|lint|build|cach|serv|rout|mount|bind|hand|transfer|indent|encod|ship|rewrot|rewrit|renam|upgrad|bump|rais|lower|convert|test|run|group|sort|measur|report|read|load|fetch|pull|tak|draw|tag|label)/;
const isUnit =
  /\d\s?(?:ms|s|sec|secs|seconds?|m|mins?|minutes?|h|hours?|days?|weeks?|months?|kb|mb|gb|[kmg]ib|%)$/i;

export function findValue(pieces: readonly Piece[], fresh: readonly Piece[]): Found | undefined {
  const verb = mainVerb(pieces);
  if (fresh.length > 0) return narrowed(pieces, fresh, verb);
  const colon = colonOf(pieces, verb);
  if (colon !== -1) {
    const from = phraseStart(pieces, colon);
    return span(pieces, { verb: -1, from, to: phraseEnd(pieces, from) });
  }
  if (verb === -1) return undefined;
  return inverse(pieces, verb) ?? onTheRight(pieces, verb);
}

/**
 * "Indentation in web: tabs", "the broker has been replaced: Kafka": a short end behind a mark, when nothing before it says a
 * value already.
 */
function colonOf(pieces: readonly Piece[], verb: number): number {
  const colon = pieces.findLastIndex((piece, at) => at > 0 && piece.afterColon);
  if (colon === -1 || pieces.length - colon > 5) return -1;
  const left = pieces.slice(verb + 1, colon);
  const saysNothing = left.every(
    (piece) => isParticiple(piece) || /^(?:been|now|be)$/.test(piece.lower),
  );
  return verb === -1 || verb >= colon || !isBe(pieces[verb]) || saysNothing ? colon : -1;
}

/** A phrase such as "Node 20": the number is the value, the rest says of what. */
function narrowed(
  pieces: readonly Piece[],
  phrase: readonly Piece[],
  verb: number,
): Found | undefined {
  const first = phrase[0];
  const from = pieces.findIndex((piece) => piece.start === first?.start);
  if (from === -1) return undefined;
  return span(pieces, { verb, from, to: from + phrase.length });
}

function span(
  pieces: readonly Piece[],
  {
    verb,
    from,
    to,
    isInverse = false,
  }: {
    readonly verb: number;
    readonly from: number;
    readonly to: number;
    readonly isInverse?: boolean;
  },
): Found | undefined {
  if (to <= from) return undefined;
  const phrase = pieces.slice(from, to);
  const typed = phrase.findLastIndex((piece) => isTyped(piece));
  if (typed !== -1) return { verb, from: from + typed, to: from + typed + 1, isInverse };
  // "region eu-west-1", "the BSL license": the noun says of what kind the value is.
  let [start, end] = [0, phrase.length];
  while (start < end - 1 && isKind(phrase[start], phrase[start + 1]?.kind === "name")) start += 1;
  for (let isCut = false; end > start + 1 && isKind(phrase[end - 1], isCut); isCut = true) end -= 1;
  return { verb, from: from + start, to: from + end, isInverse };
}

/** A noun that says of what kind a value is: "region", "license"; beside such a one, or a name, "file" and "package", too. */
function isKind(piece: Piece | undefined, isBeside: boolean): boolean {
  if (piece === undefined || piece.kind !== "word") return false;
  const meant = meaning(piece.lower);
  return oneNouns.has(meant) || (isBeside && weakNouns.has(meant));
}

function isTyped(piece: Piece): boolean {
  return (
    piece.kind === "code" ||
    piece.kind === "number" ||
    piece.kind === "url" ||
    piece.kind === "date"
  );
}

/** "V is the owner of S", "V owns S", "V is responsible for S". */
function inverse(pieces: readonly Piece[], verb: number): Found | undefined {
  const left = phraseStart(pieces, 0);
  const short = verb - left >= 1 && verb - left <= 3 && phraseEnd(pieces, left) >= verb;
  if (!short) return undefined;
  const value = { verb, from: left, to: verb, isInverse: true };
  const word = pieces[verb]?.lower ?? "";
  if (inverseVerbs.test(word) && pieces[verb + 1] !== undefined && !isPreposition(pieces[verb + 1]))
    return value;
  if (!/^(?:is|are|becomes?|became|stays?|remains?)$/.test(word)) return undefined;
  const right = pieces.slice(verb + 1);
  const isNamed = /^(?:the|our|its|a|an)$/.test(pieces[verb + 1]?.lower ?? "");
  const of = right.findIndex((piece) => /^(?:of|for|behind)$/.test(piece.lower));
  const named = right.findIndex((piece) => isPreposition(piece));
  if (isNamed && of >= 2 && named === of) {
    // "The owner of S is the platform team of Berlin" has its value on the right.
    return /^(?:the|our|its)$/.test(pieces[0]?.lower ?? "") &&
      !/^(?:team|group|guild|crew|squad)s?$/.test(pieces[verb - 1]?.lower ?? "")
      ? undefined
      : value;
  }
  if (
    isNamed &&
    right.length >= 4 &&
    right.some((piece) => piece.lower === "written" || piece.lower === "uses")
  )
    return value;
  return /^(?:responsible|accountable)$/.test(pieces[verb + 1]?.lower ?? "") ? value : undefined;
}

function onTheRight(pieces: readonly Piece[], verb: number): Found | undefined {
  let from = verb + 1;
  while (
    /^(?:now|also|always|currently|only|still|not|been|be|being|to|never|just|set|out)$/.test(
      pieces[from]?.lower ?? "",
    ) &&
    from < pieces.length - 1
  )
    from += 1;
  const phrases = phrasesOf(pieces, from);
  const full = phrases.filter((phrase) => phrase.to > phrase.from);
  const of = (phrase: Phrase | undefined): Found | undefined =>
    phrase === undefined ? undefined : span(pieces, { verb, from: phrase.from, to: phrase.to });
  const typed = (test: (piece: Piece) => boolean): Phrase | undefined =>
    full.find(
      (phrase) => !narrows(pieces, phrase) && pieces.slice(phrase.from, phrase.to).some(test),
    );
  const measured = typed(
    (piece) => piece.kind === "code" || (piece.kind === "number" && isUnit.test(piece.text)),
  );
  if (measured !== undefined) return of(measured);
  const [first] = full;
  const isObject = first !== undefined && first.preposition === "";
  if (isObject && pieces.slice(first.from, first.to).some(isTyped)) return of(first);
  const open = full.filter(
    (phrase) =>
      phrase.preposition !== "" &&
      !narrows(pieces, phrase) &&
      !/^(?:of|for|as|if|when|unless|while|where|that|which|who|than|because|since|until|without)$/.test(
        phrase.preposition,
      ),
  );
  const isPassive =
    isBe(pieces[verb]) && first !== undefined && isObject && isParticiple(pieces[first.from]);
  const carries = carrying.test(pieces[verb]?.lower ?? "") || isPassive;
  if (!isObject) return of(open[0] ?? full[0]);
  if (carries && open.length > 0) return of(isPassive ? open[0] : open.at(-1));
  if (isPassive && first.to - first.from > 1) return of({ ...first, from: first.from + 1 });
  return of(first);
}

interface Phrase {
  readonly preposition: string;
  readonly from: number;
  readonly to: number;
}

function phrasesOf(pieces: readonly Piece[], start: number): readonly Phrase[] {
  const found: Phrase[] = [];
  let at = start;
  while (at < pieces.length) {
    const preposition = isPreposition(pieces[at]) ? (pieces[at]?.lower ?? "") : "";
    let from = preposition === "" ? at : at + 1;
    while (isPreposition(pieces[from])) from += 1;
    from = phraseStart(pieces, from);
    const to = phraseEnd(pieces, from);
    found.push({ preposition, from, to });
    at = Math.max(to, at + 1);
  }
  return found;
}

function narrows(pieces: readonly Piece[], phrase: Phrase): boolean {
  return phrase.preposition !== "" && isNarrowing(pieces.slice(phrase.from, phrase.to));
}

function isParticiple(piece: Piece | undefined): boolean {
  return (
    piece !== undefined &&
    /(?:ed|en|able|ible|ept|uilt|ept|eld|ade|set|run|ent|ound)$/.test(piece.lower)
  );
}
