import { lightVerbs, manyVerbs, meaning } from "../words/lexicon.ts";
import { stem, stems } from "../words/stem.ts";
import { isPreposition, type Piece } from "./spans.ts";

const otherVerbs = stems(
  `listen bind time retry own maintain host lead review cache compile format lint deploy ship build store write log connect target
  charge limit license indent time expire poll sync render return emit throw fail break crash block ignore skip charge send
  receive accept reject encode parse validate check sign encrypt compress pin lock follow match map route proxy mount load save
  keep track measure report page alert notify trigger schedule finish close open cost weigh last wait sleep hash sort split merge
  back power drive generate produce create delete remove add insert lag lie reside locate inherit extend wrap resolve register finish complete fail pass find print exit end report log see hit show last happen appear occur succeed push commit arrive say ask answer tell try look check`,
);
const be =
  /^(?:is|are|was|were|be|been|becomes?|became|equals?|remains?|stays?|defaults|has|have|had|gets?|got)$/;
const modal =
  /^(?:must|should|shall|will|can|may|might|could|would|to|we|they|i|you|always|never|please)$/;

/** Where the main verb of a statement stands; -1 when there is none that is known, which makes a name of all of it. */
export function mainVerb(pieces: readonly Piece[]): number {
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined || piece.kind !== "word") continue;
    if (be.test(piece.lower)) return at > 0 ? at : -1;
    if (!isVerb(piece)) continue;
    const next = pieces[at + 1];
    const before = pieces[at - 1];
    if (at === 0) {
      if (isImperative(pieces)) return 0;
      continue;
    }
    if (before !== undefined && modal.test(before.lower)) return at;
    // "uploads to the app are limited": a noun, when a verb follows it or a later one has the form of one.
    if (
      next !== undefined &&
      next.kind === "word" &&
      (be.test(next.lower) || (isFinite(next) && isVerb(next)))
    )
      continue;
    if (next?.lower === "of") continue;
    if (isFinite(piece)) {
      if (isPreposition(next) && laterBe(pieces, at + 1)) continue;
      return at;
    }
    if (before !== undefined && isPlural(before) && !isPreposition(next)) return at;
    if (laterVerb(pieces, at + 1) === -1 && (isPreposition(next) || before?.isApart !== true))
      return at;
  }
  return -1;
}

export function isBe(piece: Piece | undefined): boolean {
  return piece !== undefined && be.test(piece.lower);
}

function isVerb(piece: Piece): boolean {
  const own = stem(piece.lower);
  return lightVerbs.has(own) || otherVerbs.has(own) || manyVerbs.has(meaning(piece.lower));
}

function isFinite(piece: Piece): boolean {
  return (
    /(?:[^s]s|[^e]ed)$/.test(piece.lower) ||
    /^(?:ran|went|took|got|kept|held|made|wrote|built|sent)$/.test(piece.lower)
  );
}

function isPlural(piece: Piece): boolean {
  return piece.kind === "word" && /[^s]s$/.test(piece.lower);
}

function laterBe(pieces: readonly Piece[], from: number): boolean {
  return pieces.slice(from, from + 6).some((piece) => isBe(piece));
}

function laterVerb(pieces: readonly Piece[], from: number): number {
  return pieces.findIndex(
    (piece, at) =>
      at >= from && piece.kind === "word" && (isBe(piece) || (isFinite(piece) && isVerb(piece))),
  );
}

/** "Use tabs for …" tells somebody; "Use of tabs is …" does not. */
function isImperative(pieces: readonly Piece[]): boolean {
  const [first, second] = pieces;
  if (first === undefined || second === undefined) return false;
  if (/s$|ed$|ing$/.test(first.lower) || second.lower === "of") return false;
  // "Build took 40 seconds": what looked like a verb is what took them.
  return second.kind !== "word" || (!isBe(second) && !(isFinite(second) && isVerb(second)));
}
