import { changeVerbs, manyNouns, manyVerbs, meaning, oneNouns } from "../words/lexicon.ts";
import { isEmpty, isLight, isWeak, meaningsOf, meaningsOfToken } from "../words/meanings-of.ts";
import { remembered } from "../words/remembered.ts";
import { asWritten, withDigits } from "../words/tokens.ts";
import { valueKey, withUnitOf } from "../words/value-key.ts";
import type { Claim } from "./claim.ts";
import { denies } from "./denial.ts";
import { findValue, type Found } from "./find-value.ts";
import { isBe, mainVerb } from "./main-verb.ts";
import { isPreposition, type Piece, piecesOf } from "./spans.ts";
import { stripStatement } from "./strip-statement.ts";
import { takeOld } from "./take-old.ts";

/** Reads a statement in plain words. What is not the value is the slot: its words, whatever their order. */
export const readClaim = remembered((text: string): Claim => {
  const stripped = stripStatement(text);
  const all = piecesOf(withLimits(withDigits(stripped.text)));
  const { rest, old, fresh } = takeOld(all);
  const told = isEvent(rest) && !stripped.isChange ? undefined : findValue(rest, fresh);
  const found = told !== undefined && isUnsaid(rest, told) ? undefined : told;
  const value = found === undefined ? [] : rest.slice(found.from, found.to);
  const slot = found === undefined ? rest : [...rest.slice(0, found.from), ...rest.slice(found.to)];
  const spoken = spokenOf(rest, found);
  // What was taken out as a secret is the same text everywhere, and tells nothing.
  const key = textOf(value).includes("redacted") ? "" : valueKey(textOf(value));
  const meant = meaningsOfSlot(slot, { key, verb: rest[found?.verb ?? -1] });
  return {
    ...spoken,
    value: asWritten(textOf(value), stripped.text),
    strong: meant.strong,
    weak: meant.weak,
    valueKey: key === "" ? "" : (withoutSlotWords(value, meant.strong) ?? key),
    isNegated: denies(textOf(rest), textOf(value)),
    isHedged: stripped.isHedged,
    isChange: stripped.isChange || old.length > 0,
    oldKey:
      old.length === 0
        ? ""
        : (withoutSlotWords(old, meant.strong) ?? valueKey(withUnitOf(textOf(value), textOf(old)))),
    isMore: stripped.isMore,
    isMany: isManyBy(slot, {
      named: [...meant.strong, ...meant.weak],
      about: new Set(meaningsOf(spoken.subject)),
      found,
      rest,
    }),
  };
});

/** "web: locale en built": a name in front of a mark does not say what of it is spoken of. */
function isUnsaid(pieces: readonly Piece[], { verb, from, to }: Found): boolean {
  const around = [...pieces.slice(0, from), ...pieces.slice(to)];
  return (
    verb === -1 &&
    from > 0 &&
    around.every(({ kind, text }) => kind === "name" && /[-/.@]/.test(text)) &&
    pieces.slice(from, to).every(({ kind }) => kind === "word" || kind === "name")
  );
}

/** "up to 10 MB" says that it is a most. */
function withLimits(text: string): string {
  return text
    .replaceAll(
      /\b(?:up to|at most|no more than|not more than|capped at|limited to|maximum of)(?= ?\d)/gi,
      "max",
    )
    .replaceAll(/\b(?:at least|no less than|not less than|minimum of)(?= ?\d)/gi, "min");
}

const happened =
  /^(?:took|finished|completed|failed|passed|found|returned|printed|exited|ran|started|ended|crashed|reported|produced|logged|saw|hit|threw|showed|lasted|opened|read|happened|appeared|occurred|succeeded|errored|hung|stalled|restarted|merged|pushed|committed|landed|arrived|said|asked|answered|told|tried|looked|checked)$/;

/** What happened once is no value of anything: the next time it happens otherwise, and both are true. */
function isEvent(pieces: readonly Piece[]): boolean {
  const verb = pieces[mainVerb(pieces)];
  return verb !== undefined && happened.test(verb.lower);
}

/** "the main branch" in a slot about the branch is "main"; "Node 20" beside a new number is 20. */
function withoutSlotWords(value: readonly Piece[], strong: readonly string[]): string | undefined {
  if (value.length < 2) return undefined;
  const typed = value.findLast((piece) => piece.kind === "number" || piece.kind === "code");
  if (typed !== undefined) return valueKey(typed.text);
  const kept = value.filter((piece) => {
    if (piece.kind !== "word") return true;
    const meant = meaning(piece.lower);
    return !strong.includes(meant) && !isEmpty(meant);
  });
  return kept.length === 0 ? undefined : valueKey(textOf(kept));
}

const said = /^(?:now|also|currently|already|still|the|an?|our|its)$/i;

function nameOf(pieces: readonly Piece[]): string {
  return textOf(pieces.filter((piece) => piece.kind !== "word" || !said.test(piece.text)));
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join(" ");
}

function meaningsOfSlot(
  slot: readonly Piece[],
  { key, verb }: { readonly key: string; readonly verb: Piece | undefined },
): { readonly strong: readonly string[]; readonly weak: readonly string[] } {
  const strong = new Set<string>();
  const weak = new Set<string>();
  for (const piece of slot) {
    for (const meant of meaningsOfToken(piece)) {
      if (isEmpty(meant) || isLight(meant)) continue;
      if (piece.kind === "word" && isWeak(meant)) weak.add(meant);
      else strong.add(meant);
    }
  }
  const isTime = key.endsWith(" ms");
  if (
    isTime &&
    !strong.has("timeout") &&
    slot.some((piece, at) => /^tim(?:e|es|ed)$/.test(piece.lower) && slot[at + 1]?.lower === "out")
  ) {
    strong.add("timeout");
    strong.delete("tim");
  }
  // Without a noun behind it, the verb alone says what the value is of.
  const behind = slot.filter((piece) => verb !== undefined && piece.start > verb.start);
  const isBare = !behind.some((piece) =>
    meaningsOfToken(piece).some((meant) => !isEmpty(meant) && !isLight(meant)),
  );
  // "For indentation, web uses tabs" has its noun in front.
  const isOpened = isPreposition(slot[0]);
  if (isBare && !isOpened && verb !== undefined) {
    const meant = meaning(verb.lower);
    if (meant === "use") strong.add("use");
    // "S runs on V", "V is where S starts": nothing else says of what.
    else if (isLight(meant) && !isBe(verb) && !changeVerbs.has(meant)) strong.add(`~${meant}`);
  }
  return { strong: [...strong].toSorted(), weak: [...weak].toSorted() };
}

/** Several at once, by the words: "depends on", "supports"; a noun of which there is one settles it. */
function isManyBy(
  slot: readonly Piece[],
  of: {
    readonly named: readonly string[];
    /** Words of the subject: an engine has many plugins. */
    readonly about: ReadonlySet<string>;
    readonly found: Found | undefined;
    readonly rest: readonly Piece[];
  },
): boolean {
  const value = of.found === undefined ? undefined : of.rest[of.found.to - 1];
  if (value?.kind === "number") return false;
  if (of.named.some((meant) => oneNouns.has(meant) && !of.about.has(meant))) return false;
  const words = slot
    .filter((piece) => piece.kind === "word")
    .map((piece) => meaning(piece.lower))
    .filter((meant) => meant !== "use" || of.named.includes("use"));
  return words.some(
    (meant) => !of.about.has(meant) && (manyVerbs.has(meant) || manyNouns.has(meant)),
  );
}

/** Subject and predicate as written, as well as they can be told apart; only for people. */
function spokenOf(
  pieces: readonly Piece[],
  found: Found | undefined,
): { readonly subject: string; readonly predicate: string } {
  if (found === undefined) return { subject: "", predicate: "" };
  const verbAt = found.verb === -1 ? found.from : found.verb;
  const side = found.isInverse
    ? pieces.slice(verbAt + 1)
    : pieces.slice(0, Math.min(verbAt, found.from));
  const owner = side.findLastIndex((piece) => piece.isOwner);
  if (owner !== -1 && owner < side.length - 1)
    return { subject: nameOf(side.slice(0, owner + 1)), predicate: nameOf(side.slice(owner + 1)) };
  const of = side.findLastIndex((piece) => isPreposition(piece));
  const verb = found.verb === -1 ? "" : (pieces[found.verb]?.text ?? "");
  if (of > 0)
    return { subject: nameOf(side.slice(of + 1)), predicate: nameOf(side.slice(0, of)) || verb };
  const right = pieces
    .slice(verbAt + 1)
    .filter((_, at) => at + verbAt + 1 < found.from || at + verbAt + 1 >= found.to);
  return {
    subject: nameOf(side),
    predicate: [verb, nameOf(right)].filter((part) => part !== "").join(" "),
  };
}
