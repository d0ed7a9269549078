import { plainPlace } from "../claim/places.ts";
import { conditions, meaning } from "../words/lexicon.ts";
import { rootOf } from "./root.ts";

const under = "on|in|for|under|with|at|during|when|if|while|within|inside|unless";
const opening = new RegExp(`^(?:${under})\\s+([^,:;]{1,50}?)[,:]\\s+(?=\\S)`, "i");
const marked = /^([\p{L}\d][\w./-]*(?: [\w./-]+)?):\s+(?=\S)/u;
const aside = /\s\(([^()]{1,60})\)\s*$/;
const closing = new RegExp(
  `\\s(${under})\\s+((?:(?!\\b(?:${under}|of|to|from|as|by|through|and|or)\\b)[^,:;()])+)$`,
  "i",
);

/** A text without what it holds under, and that. */
export interface Conditioned {
  readonly text: string;
  /** As written; empty when nothing narrows it. */
  readonly condition: string;
}

/**
 * Takes "in production, …", "… on arm64 machines" and "… (Linux only)" off a sentence. A part that has the subject is none, and
 * neither is one that tells what for, in words of what is spoken of.
 */
export function withoutCondition(
  given: string,
  of: {
    readonly hasSubject: (part: string) => boolean;
    readonly isValue: (part: string) => boolean;
    /** Whether there is a value in what would be left. */
    readonly hasValue: (part: string) => boolean;
    readonly isNamed: (root: string) => boolean;
  },
): Conditioned {
  let text = given;
  const found: string[] = [];
  const take = (whole: string, part: string): void => {
    const left = text.replace(whole, " ").replaceAll(/\s+/g, " ").trim();
    if (!of.hasSubject(left)) return;
    text = left;
    found.push(plainPlace(part).toLowerCase());
  };
  const before = opening.exec(text) ?? marked.exec(text);
  if (before !== null && !of.hasSubject(before[1] ?? "")) take(before[0], before[1] ?? "");
  const beside = aside.exec(text);
  if (beside !== null && !of.hasSubject(beside[1] ?? "") && !of.isValue(beside[1] ?? ""))
    take(beside[0], beside[1] ?? "");
  const behind = closing.exec(text);
  const [whole = "", word = "", part = ""] = behind ?? [];
  const isOpen = part !== "" && !of.hasSubject(part) && !of.isValue(part);
  if (
    isOpen &&
    narrows({
      word: word.toLowerCase(),
      part,
      isNamed: of.isNamed,
      hasValue: of.hasValue(text.slice(0, -whole.length)),
    })
  )
    take(whole, part);
  return { text, condition: found.join(" ") };
}

function narrows({
  word,
  part,
  isNamed,
  hasValue,
}: {
  readonly word: string;
  readonly part: string;
  readonly isNamed: (root: string) => boolean;
  readonly hasValue: boolean;
}): boolean {
  const words = part
    .trim()
    .split(/\s+/)
    .filter((one) => !/^(?:the|a|an|our|its|this|that)$/i.test(one));
  if (words.length === 0 || words.length > 4 || /^(?:least|most)$/.test(words[0] ?? ""))
    return false;
  const isKnown = words.some((one) => conditions.has(meaning(one)));
  if (isKnown || !hasValue) return isKnown;
  // "waits 8 s for an answer"
  if (word === "for" && /^an? /i.test(part.trim())) return false;
  const isName = words.some((one) => /[A-Z\d]|\w[./_-]\w/.test(one.replace(/^`|`$/g, "")));
  if (isName && !words.every((one) => isNamed(rootOf(one)))) return true;
  const isPurpose = words.some((one) => one.endsWith("ing") || isNamed(rootOf(one)));
  return /^(?:for|during|under|when|if|while|unless)$/.test(word) && !isPurpose;
}
