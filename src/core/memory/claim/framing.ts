import { conditions } from "../words/lexicon.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";

/** In front of, or behind, so many different texts the same words are a frame around what is said. */
const usesMin = 3;

interface Split {
  /** As it is compared. */
  readonly frame: string;
  readonly rest: string;
}

const opening = /^([^:.,`"()]{2,60}):\s+(\S+\s+\S+\s+\S.*)$/s;
const ending = /^(\S.{10,}?[.!])\s+([A-Z][^.!?:`"()]{3,60})[.!]?$/s;
const bracket = /^(\S.{10,}?)[.!]?\s+\(([^()`":]{3,40})\)[.!]?$/s;

/** Who says it, and where it was said or seen. A noun alone may be what is spoken of: "code review", "shared cache". */
const saying = new RegExp(
  [
    String.raw`\b(?:i|my|me|we|our|us|you|your|this|that|it|they)\b`,
    String.raw`^(?:from|per|according to)\b`,
    String.raw`\b(?:told|said|says?|seen|saw|found|heard|showed|shown|shows?|confirms?|looks like)\b`,
    String.raw`^\w+[^e]ed (?:by|in|from|with|during|on|while|to|as)\b`,
    String.raw`\b(?:notes?|update|correction|decision|reminder|finding|observation|memo|tip|summary|fact|results?|guess|assumption|heads-up)$`,
    String.raw`^(?:docs?|documentation|readme|runbook|wiki|handbook|manual|guide|changelog|adr|user|inferred|guessed|assumed|noted|observed|confirmed|verified|checked)$`,
  ].join("|"),
  "i",
);
const seen =
  /\b(?:infer\w*|(?:un)?verif\w*|(?:un)?check\w*|(?:un)?confirm\w*|seen|saw|read|told|said|says|heard|guess\w*|assum\w*|assumption|unsure|sure|noted|observ\w*|measured|found|quoted|copied|taken|source|according|memory|user|output)\b/i;
const behind =
  /^(?:that|this|it|we|i|you|the|they|everyone|everybody|all|please|keep|note|remember|ask|see|good|great|nice|useful|handy|worth|important|thanks?|cheers|just|sorry|ok|noted|same|trust|confirmed|checked|verified|seen|told|said)\b/i;
/** What says when it holds, or that it does not. */
const limiting =
  /\b(?:appl(?:y|ies)|holds?|means?|concerns?|affects?|only|except|unless|if|when|while|until|before|after|since|wrong|false|true|longer|outdated|obsolete|stale|any ?more|instead|previously|used to|but|not|never|no|none|nothing|nobody|\w+n['’]t|rejected|declined|cancell?ed|withdrawn|reverted|undone|ideas?|jok(?:e|ing)|example|maybe|perhaps|plans?|planned|consider\w*|discuss\w*|debat\w*|propos\w*|suggest\w*|hypothe\w*|imagin\w*|suppos\w*|question|would|could|might|may|should|will|want\w*|hope\w*|need\w*|wonder\w*|unclear|unknown)\b/i;

/**
 * Learns what stands around statements and says nothing of them: "Told by Ann: …", "… It says so in the repository.", "… (seen in the
 * run)". A frame names nothing, limits nothing, and comes back around different texts.
 */
export function learnFraming(texts: readonly string[]): (text: string) => string {
  const uses = new Map<string, Set<string>>();
  const seenIn = (text: string): void => {
    for (const { frame, rest } of splitsOf(text)) {
      const held = uses.get(frame);
      if (held === undefined) uses.set(frame, new Set([rest]));
      else held.add(rest);
      seenIn(rest);
    }
  };
  for (const text of new Set(texts)) seenIn(text);
  const isFrame = (frame: string): boolean => (uses.get(frame)?.size ?? 0) >= usesMin;
  const without = (text: string): string => {
    const found = splitsOf(text).find(({ frame }) => isFrame(frame));
    return found === undefined ? text : without(found.rest);
  };
  return without;
}

/** Each way to take one frame off. */
function splitsOf(text: string): readonly Split[] {
  const [, front = "", said = ""] = opening.exec(text) ?? [];
  const [, before = "", last = ""] = ending.exec(text) ?? [];
  const [, main = "", inner = ""] = bracket.exec(text) ?? [];
  return [
    ...(saying.test(front) && isPlain(front) ? [splitAt("front", front, said)] : []),
    ...(behind.test(last) && isPlain(last) ? [splitAt("end", last, before)] : []),
    ...(seen.test(inner) && isPlain(inner, seen) ? [splitAt("bracket", inner, main)] : []),
  ];
}

function splitAt(place: string, frame: string, rest: string): Split {
  return { frame: `${place} ${frame.toLowerCase()}`, rest };
}

/** Names nothing, has no number, and says nothing of when it holds. */
function isPlain(frame: string, allowed?: RegExp): boolean {
  return (
    (allowed !== undefined || !limiting.test(frame)) &&
    tokensOf(frame).every(({ kind }) => kind === "word") &&
    !meaningsOf(frame).some((word) => conditions.has(word))
  );
}
