import type { Cite } from "../../../model/memory-observation.ts";
import { holdsValue, textMeanings } from "../claim/key-vocabulary.ts";
import { mainVerb } from "../claim/main-verb.ts";
import { piecesOf } from "../claim/spans.ts";
import { isEmpty, isLight } from "../words/meanings-of.ts";
import { pointsAt } from "./points-at.ts";
import { leavesOpen, showsWhich } from "./shows-which.ts";

/**
 * Those pieces of evidence that say more of what is said: neither the same again nor what is the same whatever is wrong. Where
 * words only judge ("the build is cursed") and there is one piece, it has to speak of the same, or of trouble.
 */
export function bearingOn(text: string, cites: readonly Cite[]): readonly Cite[] {
  const isPointing = pointsAt(text);
  // That commands went well says nothing that "works" does not.
  if (!isPointing && cites.every(({ excerpt }) => excerpt.trim() === "exit code 0")) return [];
  const more = cites.filter((cite) => {
    if (isPointing && !cite.excerpt) return true;
    return !isRepeated(cite, text) && (!isLook(cite) || sharesWord(text, cite));
  });
  const [only] = more;
  if (more.length !== 1 || only === undefined || isPointing || !judges(text)) return more;
  // What a command counted is a measure of something.
  const isCounted = only.command != null && /\d/.test(only.excerpt);
  const isMeant = leavesOpen(text) || showsWhich(text, only) || sharesWord(text, only);
  return isMeant || troubled.test(only.excerpt) || isCounted ? more : [];
}

/**
 * What only says how something is: "the build is cursed", and neither which one is meant, nor why, nor what happens, nor, as
 * "mind the encoding" does, where to look.
 */
function judges(text: string): boolean {
  const pieces = piecesOf(text);
  const verb = mainVerb(pieces);
  const rest = pieces.slice(verb + 1);
  return (
    /^(?:is|are)$/.test(pieces[verb]?.lower ?? "") &&
    !rest.some(({ lower }) => /^(?:the|because|since|when|if|until|due|is|are)$/.test(lower))
  );
}

/** Evidence that has the text, no word that the text has not, or settings whose values are all in the text. */
export function isRepeated({ excerpt }: Cite, text: string): boolean {
  if (excerpt.trim() === "") return false;
  const plain = text.replace(/[.!?\s]+$/, "").toLowerCase();
  if (excerpt.toLowerCase().includes(plain)) return true;
  const meant = textMeanings(text);
  const values = valuesIn(excerpt);
  return (
    [...textMeanings(excerpt)].every((word) => meant.has(word)) ||
    (values.length > 0 && values.every((value) => holdsValue(text, value)))
  );
}

/** What the settings in evidence are set to: "sync" of `mode: sync`. That one is switched on says nothing of itself. */
function valuesIn(excerpt: string): readonly string[] {
  return excerpt.split("\n").flatMap((line) => {
    const [, value = ""] =
      /^[\s"'-]*[\w.-]+(?: [\w.-]+){0,3}["']?\s*[:=]\s*["']?(.+?)["';,]*$/.exec(line) ?? [];
    return value === "" || /^(?:true|false|on|off|yes|no|auto)$/i.test(value) ? [] : [value];
  });
}

/** A command that looks around, and finds nothing wrong. */
function isLook({ command, excerpt }: Cite): boolean {
  return (
    /^(?:git (?:status|branch)|ls|pwd|date|echo|whoami|true|wc|uname|hostname)\b[^|;&]*$/.test(
      command ?? "",
    ) && !troubled.test(excerpt)
  );
}

function sharesWord(text: string, { command, path, excerpt }: Cite): boolean {
  const ran = command == null ? "" : `script command ${command}`;
  const seen = [...textMeanings(`${ran} ${path ?? ""} ${excerpt}`)];
  return [...textMeanings(text)].some(
    (word) =>
      !isEmpty(word) &&
      !isLight(word) &&
      seen.some((other) => other === word || (word.length > 3 && other.startsWith(word))),
  );
}

/** A failure, a denial, a remark, or what has to be heeded. */
const troubled =
  /(?:^|\s)(?:#|\/\/|--|;)\s+\S|(?<!")error|exception|warn|fail(?!ed: 0|ures?: 0)|\b\d[\d.]*\s?(?:ms|s|sec|min|m|h|[kmg]i?b?|%)(?!\w)|\b(?:not?|never|cannot|without|only|unless|until|must|keep|above|below|over|exceed\w*|denied|refused|timed? ?out|killed|stuck|missing|crash\w*|segfault\w*|\w*locks?|panic\w*|removed|deprecated|generated|conflict\w*|abort\w*|todo|fixme)\b/i;
